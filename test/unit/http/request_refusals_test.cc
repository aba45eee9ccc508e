// Every refusal with its exact status and code, however the bytes were cut.
#include "parse.h"

namespace playground::http {
namespace {

struct Case {
  std::string name;
  std::string bytes;
  int status;
  std::string_view code;
};

class RequestRefusals : public testing::TestWithParam<Case> {};

TEST_P(RequestRefusals, AreTheSameHoweverTheBytesCome) {
  Limits limits;
  limits.max_head_bytes = 600;
  limits.max_target_bytes = 100;
  limits.max_headers = 8;
  limits.max_body_bytes = 50;
  Outcome outcome = parse_every_way(GetParam().bytes, limits);
  EXPECT_EQ(outcome.requests.size(), 0u) << outcome.text();
  EXPECT_EQ(outcome.refusal.status, GetParam().status) << outcome.text();
  EXPECT_EQ(outcome.refusal.code, GetParam().code) << outcome.text();
  EXPECT_FALSE(outcome.refusal.message.empty());
}

// A request that would be fine but for the line or the fields put into it.
std::string line(const std::string& text) {
  return text + "\r\nHost: a\r\n\r\n";
}
std::string with(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
}
std::string post_with(const std::string& fields, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body;
}
std::string chunked(const std::string& body) {
  return post_with("Transfer-Encoding: chunked", body);
}

std::vector<Case> start_lines() {
  return {
      {"NoTarget", "GET\r\n\r\n", 400, "bad_request"},
      {"NoVersion", "GET /\r\n", 400, "bad_request"},
      {"NoVersionWithHost", line("GET /"), 400, "bad_request"},
      {"TwoSpacesBeforeTarget", line("GET  / HTTP/1.1"), 400, "bad_request"},
      {"TwoSpacesBeforeVersion", line("GET /  HTTP/1.1"), 400, "bad_request"},
      {"SpaceAtTheEnd", line("GET / HTTP/1.1 "), 400, "bad_request"},
      {"SpaceAtTheBeginning", line(" GET / HTTP/1.1"), 400, "bad_request"},
      {"SpaceInTarget", line("GET /a b HTTP/1.1"), 400, "bad_request"},
      {"TabInsteadOfSpace", line("GET\t/ HTTP/1.1"), 400, "bad_request"},
      {"MethodIsNoToken", line("G@T / HTTP/1.1"), 400, "bad_request"},
      {"MethodUnknown", line("BREW / HTTP/1.1"), 501, "not_implemented"},
      {"MethodInLowerCase", line("get / HTTP/1.1"), 501, "not_implemented"},
      {"MethodOfRtsp", line("DESCRIBE / HTTP/1.1"), 501, "not_implemented"},
      {"Connect", line("CONNECT a:80 HTTP/1.1"), 501, "not_implemented"},
      {"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version_not_supported"},
      {"Http09", line("GET / HTTP/0.9"), 505, "version_not_supported"},
      {"Http12", line("GET / HTTP/1.2"), 505, "version_not_supported"},
      {"Http3", line("GET / HTTP/3.0"), 505, "version_not_supported"},
      {"VersionInLowerCase", line("GET / http/1.1"), 400, "bad_request"},
      {"VersionOfThreeDigits", line("GET / HTTP/1.10"), 400, "bad_request"},
      {"VersionWithoutMinor", line("GET / HTTP/1"), 400, "bad_request"},
      {"OtherProtocol", line("GET / ICY/1.1"), 400, "bad_request"},
      {"AsteriskForGet", line("GET * HTTP/1.1"), 400, "bad_request"},
      {"AuthorityForm", line("GET a:80 HTTP/1.1"), 400, "bad_request"},
      {"RelativeTarget", line("GET a/b HTTP/1.1"), 400, "bad_request"},
      {"Fragment", line("GET /a#b HTTP/1.1"), 400, "bad_request"},
      {"HighByteInTarget", line("GET /\xC3\xA9 HTTP/1.1"), 400, "bad_request"},
      {"OtherScheme", line("GET ftp://a/ HTTP/1.1"), 400, "bad_request"},
      {"NoAuthority", line("GET http:///x HTTP/1.1"), 400, "bad_request"},
      {"UserInAuthority", line("GET http://u@a/ HTTP/1.1"), 400, "bad_request"},
      {"TargetTooLong", line("GET /" + std::string(100, 'x') + " HTTP/1.1"), 414, "uri_too_long"},
      {"TargetEndless", "GET /" + std::string(700, 'x'), 414, "uri_too_long"},
      {"TargetTooLongWithoutVersion", "GET /" + std::string(200, 'x') + "\r\n", 414,
       "uri_too_long"},
      {"TwoEmptyLinesFirst", "\r\n\r\n" + line("GET / HTTP/1.1"), 400, "bad_request"},
      {"TlsHello", std::string("\x16\x03\x01\x02\x00\x01", 6), 400, "bad_request"},
  };
}

std::vector<Case> bytes_of_heads() {
  return {
      {"BareLfAfterLine", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "bad_request"},
      {"BareLfAfterField", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400, "bad_request"},
      {"BareLfAtTheEnd", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "bad_request"},
      {"BareLfFirst", "\nGET / HTTP/1.1\r\n", 400, "bad_request"},
      {"BareCrInField", with("A: b\rTransfer-Encoding: chunked"), 400, "bad_request"},
      {"BareCrInName", with("A\r: b"), 400, "bad_request"},
      {"BareCrInLine", line("GET /\r HTTP/1.1"), 400, "bad_request"},
      {"CrCrLf", with("A: b\r"), 400, "bad_request"},
      {"Nul", with(std::string("A: b\0c", 6)), 400, "bad_request"},
      {"Control", with("A: b\x01"), 400, "bad_request"},
      {"Delete", with("A: b\x7f"), 400, "bad_request"},
      {"FoldedBySpace", with("A: b\r\n c"), 400, "bad_request"},
      {"FoldedByTab", with("A: b\r\n\tc"), 400, "bad_request"},
      {"FoldedFirst", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "bad_request"},
      {"NoColon", with("A b"), 400, "bad_request"},
      {"NoName", with(": b"), 400, "bad_request"},
      {"SpaceBeforeColon", with("A : b"), 400, "bad_request"},
      {"TabBeforeColon", with("A\t: b"), 400, "bad_request"},
      {"NameIsNoToken", with("A(: b"), 400, "bad_request"},
      {"HighByteInName", with("\xC3\xA9: b"), 400, "bad_request"},
      {"HeadTooLarge", with("A: " + std::string(600, 'x')), 431, "headers_too_large"},
      {"HeadEndless", "GET / HTTP/1.1\r\n" + std::string(700, 'x'), 431, "headers_too_large"},
      {"TooManyFields", with("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\nF: 6\r\nG: 7\r\nH: 8"), 431,
       "headers_too_large"},
  };
}

std::vector<Case> framings() {
  return {
      {"NoHost", "GET / HTTP/1.1\r\n\r\n", 400, "bad_request"},
      {"TwoHosts", with("Host: a"), 400, "bad_request"},
      {"TwoHostsInOldVersion", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", 400, "bad_request"},
      {"HostWithBlank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "bad_request"},
      {"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "bad_request"},
      {"HostEmpty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "bad_request"},
      {"HostWithPortOfLetters", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400, "bad_request"},
      {"HostWithUser", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400, "bad_request"},
      {"TwoLengths", post_with("Content-Length: 1\r\nContent-Length: 2"), 400, "bad_request"},
      {"TwoEqualLengths", post_with("Content-Length: 1\r\ncontent-length: 1"), 400, "bad_request"},
      {"ListOfLengths", post_with("Content-Length: 1, 1"), 400, "bad_request"},
      {"LengthEmpty", post_with("Content-Length:"), 400, "bad_request"},
      {"LengthSigned", post_with("Content-Length: +1"), 400, "bad_request"},
      {"LengthNegative", post_with("Content-Length: -1"), 400, "bad_request"},
      {"LengthHex", post_with("Content-Length: 0x1"), 400, "bad_request"},
      {"LengthWithBlank", post_with("Content-Length: 1 0"), 400, "bad_request"},
      {"LengthOverflows", post_with("Content-Length: 18446744073709551616"), 400, "bad_request"},
      {"LengthAboveLimit", post_with("Content-Length: 51"), 413, "body_too_large"},
      {"LengthAboveLimitForGet", with("Content-Length: 51"), 413, "body_too_large"},
      {"LengthOfAllBits", post_with("Content-Length: 18446744073709551615"), 413, "body_too_large"},
      {"LengthAndCoding", post_with("Content-Length: 1\r\nTransfer-Encoding: chunked"), 400,
       "bad_request"},
      {"CodingAndLength", post_with("Transfer-Encoding: chunked\r\nContent-Length: 1"), 400,
       "bad_request"},
      {"CodingTwice", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400,
       "bad_request"},
      {"CodingUnknown", post_with("Transfer-Encoding: xchunked"), 501, "not_implemented"},
      {"CodingEmpty", post_with("Transfer-Encoding:"), 501, "not_implemented"},
      {"CodingGzip", post_with("Transfer-Encoding: gzip"), 501, "not_implemented"},
      {"CodingGzipChunked", post_with("Transfer-Encoding: gzip, chunked"), 501, "not_implemented"},
      {"CodingChunkedGzip", post_with("Transfer-Encoding: chunked, gzip"), 501, "not_implemented"},
      {"CodingIdentity", post_with("Transfer-Encoding: identity"), 501, "not_implemented"},
      {"CodingQuoted", post_with("Transfer-Encoding: \"chunked\""), 501, "not_implemented"},
      {"CodingInOldVersion", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
       "bad_request"},
      {"PostWithoutLength", post_with("A: b"), 411, "length_required"},
      {"PutWithoutLength", line("PUT / HTTP/1.1"), 411, "length_required"},
      {"OldPostWithoutLength", line("POST / HTTP/1.0"), 411, "length_required"},
      {"ExpectsOther", post_with("Content-Length: 1\r\nExpect: 200-ok"), 417, "expectation_failed"},
      {"ExpectsMore", post_with("Content-Length: 1\r\nExpect: 100-continue\r\nExpect: x"), 417,
       "expectation_failed"},
      {"ContentGzipBehindIdentity",
       post_with("Content-Length: 1\r\nContent-Encoding: identity\r\nContent-Encoding: gzip"), 415,
       "unsupported_media_type"},
      {"ContentGzip", post_with("Content-Length: 1\r\nContent-Encoding: gzip"), 415,
       "unsupported_media_type"},
  };
}

std::vector<Case> chunks() {
  return {
      {"ChunkedAboveLimit", chunked("33\r\n"), 413, "body_too_large"},
      {"ChunksAboveLimit", chunked("30\r\n" + std::string(48, 'x') + "\r\n3\r\n"), 413,
       "body_too_large"},
      {"ChunkOfAllBits", chunked("ffffffffffffffff\r\n"), 413, "body_too_large"},
      {"ChunkOverflows", chunked("10000000000000000\r\n"), 400, "bad_request"},
      {"ChunkWithoutSize", chunked("\r\n"), 400, "bad_request"},
      {"ChunkSizeNoNumber", chunked("g\r\n"), 400, "bad_request"},
      {"ChunkSizeNegative", chunked("-1\r\n"), 400, "bad_request"},
      {"ChunkSizePrefixed", chunked("0x1\r\nx\r\n"), 400, "bad_request"},
      {"ChunkSizeBareLf", chunked("1\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ChunkSizeBareCr", chunked("1\rx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ChunkSizeBlank", chunked("1 \r\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ChunkTooLong", chunked("1\r\nxy\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ChunkEndsInBareLf", chunked("1\r\nx\n0\r\n\r\n"), 400, "bad_request"},
      {"ExtensionControl", chunked("1;a\x01=b\r\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ExtensionDelete", chunked("1;a=\"\x7f\"\r\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ExtensionBareCr", chunked("1;a=b\rc\r\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"ExtensionBareLf", chunked("1;a=b\nx\r\n0\r\n\r\n"), 400, "bad_request"},
      {"TrailerBareCr", chunked("0\r\nA: b\rc\r\n\r\n"), 400, "bad_request"},
      {"TrailerBareLf", chunked("0\r\nA: b\n\r\n"), 400, "bad_request"},
      {"TrailerFolded", chunked("0\r\nA: b\r\n c\r\n\r\n"), 400, "bad_request"},
      {"TrailerNoName", chunked("0\r\n: b\r\n\r\n"), 400, "bad_request"},
      {"TrailerNoField", chunked("0\r\nGET / HTTP/1.1\r\n\r\n"), 400, "bad_request"},
  };
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(StartLine, RequestRefusals, testing::ValuesIn(start_lines()), name_of);
INSTANTIATE_TEST_SUITE_P(Head, RequestRefusals, testing::ValuesIn(bytes_of_heads()), name_of);
INSTANTIATE_TEST_SUITE_P(Framing, RequestRefusals, testing::ValuesIn(framings()), name_of);
INSTANTIATE_TEST_SUITE_P(Chunks, RequestRefusals, testing::ValuesIn(chunks()), name_of);

}  // namespace
}  // namespace playground::http

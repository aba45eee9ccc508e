#include "http/response_parser.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace playground::http {
namespace {

// Everything that a parser says about these pieces, as text; the body is taken at the end, or as it
// comes.
std::string outcome(const std::vector<std::string_view>& pieces, bool closed, bool as_it_comes) {
  ResponseParser parser(1000);
  std::optional<Response> head;
  std::string body;
  for (std::string_view piece : pieces) {
    std::string copy(piece);
    if (auto fed = parser.feed(copy); !fed) return "error";
    if (!as_it_comes || !parser.has_head()) continue;
    if (!head) head = parser.take();
    body += parser.take_body();
  }
  if (closed) {
    if (auto finished = parser.finish(); !finished) return "error";
  }
  if (!parser.complete()) return "incomplete";
  bool keep_alive = parser.keep_alive();
  Response response = head ? std::move(*head) : parser.take();
  response.body += body;
  std::string text = std::to_string(response.status) + (keep_alive ? " stays" : " leaves");
  for (const Header& field : response.headers) {
    text.append(" ").append(field.name).append("=").append(field.value);
  }
  return text + " [" + response.body + "]";
}

std::string outcome(const std::vector<std::string_view>& pieces, bool closed = false) {
  std::string whole = outcome(pieces, closed, false);
  EXPECT_EQ(outcome(pieces, closed, true), whole);
  return whole;
}

std::string every_way(std::string_view bytes, bool closed = false) {
  std::string whole = outcome({bytes}, closed);
  std::vector<std::string_view> single;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_EQ(outcome({bytes.substr(0, i), bytes.substr(i)}, closed), whole) << "cut at " << i;
    single.push_back(bytes.substr(i, 1));
  }
  EXPECT_EQ(outcome(single, closed), whole);
  return whole;
}

TEST(ResponseParser, ReadsBodiesByLengthAndInChunks) {
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nok"),
            "200 stays A=b [ok]");
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "200 stays []");
  EXPECT_EQ(every_way("HTTP/1.1 404 \r\nTransfer-Encoding: chunked\r\n\r\n"
                      "1\r\na\r\n2;x=y\r\nbc\r\n0\r\nT: u\r\n\r\n"),
            "404 stays [abc]");
  EXPECT_EQ(every_way("HTTP/1.1 204\r\n\r\n"), "204 stays []");
  EXPECT_EQ(every_way("HTTP/1.1 304 Not Modified\r\n\r\n"), "304 stays []");
}

TEST(ResponseParser, ReadsABodyThatEndsWithTheConnection) {
  std::string_view head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
  EXPECT_EQ(every_way(head), "incomplete");
  EXPECT_EQ(every_way(head, true), "200 leaves A=b []");
  EXPECT_EQ(every_way(std::string(head) + "abc", true), "200 leaves A=b [abc]");
}

TEST(ResponseParser, SkipsInterimResponses) {
  EXPECT_EQ(every_way("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
            "200 stays [x]");
}

TEST(ResponseParser, TellsWhetherTheConnectionStays) {
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"),
            "200 leaves [x]");
  EXPECT_EQ(every_way("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"), "200 leaves [x]");
  EXPECT_EQ(every_way("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx"),
            "200 stays [x]");
}

TEST(ResponseParser, DropsWhatConcernsTheConnectionOnly) {
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nKeep-Alive: timeout=5\r\n"
                      "Connection: keep-alive\r\nUpgrade: h2c\r\nX: y\r\n\r\nx"),
            "200 stays X=y [x]");
}

TEST(ResponseParser, DropsTheFieldsThatConnectionNames) {
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: X-Hop, keep-alive\r\n"
                      "X-Hop: 1\r\nX: y\r\n\r\nx"),
            "200 stays X=y [x]");
}

TEST(ResponseParser, RefusesWhatCouldBeReadInTwoWays) {
  for (std::string_view bytes :
       {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n"}) {
    EXPECT_EQ(every_way(bytes), "error") << bytes;
  }
}

TEST(ResponseParser, RefusesWhatIsNotHttp) {
  for (std::string_view bytes :
       {"HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.2 200 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
        "SSH-2.0-x\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"}) {
    EXPECT_EQ(every_way(bytes), "error") << bytes;
  }
}

TEST(ResponseParser, TheHeadIsBounded) {
  EXPECT_EQ(every_way("HTTP/1.1 200 OK\r\nA: " + std::string(1000, 'x')), "error");
}

TEST(ResponseParser, ACutOffResponseIsAnError) {
  std::string_view whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(outcome({whole.substr(0, length)}, true), "error") << length;
  }
  EXPECT_EQ(outcome({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"}, true),
            "error");
}

// A stream may go on for longer than any number of bytes that one would set aside.
TEST(ResponseParser, ABodyIsHandedOverAsItComes) {
  ResponseParser parser(1000);
  ASSERT_TRUE(parser.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n5"));
  ASSERT_TRUE(parser.has_head());
  EXPECT_EQ(parser.take().body, "one");
  EXPECT_EQ(parser.take_body(), "");
  ASSERT_TRUE(parser.feed("\r\n tw"));
  EXPECT_EQ(parser.take_body(), " tw");
  ASSERT_TRUE(parser.feed("o!\r\n0\r\n\r\n"));
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(parser.take_body(), "o!");
}

TEST(ResponseParser, TellsTheLengthWhereTheHeadDoes) {
  auto length_of = [](std::string_view head) {
    ResponseParser parser(1000);
    EXPECT_TRUE(parser.feed(head)) << head;
    return parser.length();
  };
  EXPECT_EQ(length_of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), 99999999999u);
  EXPECT_EQ(length_of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 0u);
  EXPECT_EQ(length_of("HTTP/1.1 204 No Content\r\n\r\n"), 0u);
  EXPECT_EQ(length_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), std::nullopt);
  EXPECT_EQ(length_of("HTTP/1.1 200 OK\r\n\r\n"), std::nullopt);
}

TEST(ResponseParser, IsReadyForTheNextOne) {
  ResponseParser parser(1000);
  for (const char* body : {"one", "two"}) {
    EXPECT_FALSE(parser.started());
    ASSERT_TRUE(parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"));
    EXPECT_TRUE(parser.started());
    EXPECT_FALSE(parser.complete());
    ASSERT_TRUE(parser.feed(body));
    ASSERT_TRUE(parser.complete());
    EXPECT_EQ(parser.take().body, body);
    parser.reset();
    EXPECT_FALSE(parser.complete());
  }
}

}  // namespace
}  // namespace playground::http

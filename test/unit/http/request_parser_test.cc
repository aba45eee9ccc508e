// What the parser takes; request_refusals_test.cc has what it does not.
#include "http/request_parser.h"

#include "parse.h"

namespace playground::http {
namespace {

Request only(const Outcome& outcome) {
  EXPECT_EQ(outcome.requests.size(), 1u) << outcome.text();
  EXPECT_EQ(outcome.last, RequestParser::Status::idle) << outcome.text();
  return outcome.requests.empty() ? Request() : outcome.requests[0];
}

TEST(RequestParser, ReadsARequestWithoutBody) {
  Request request =
      only(parse_every_way("GET /a/b?c=d?e HTTP/1.1\r\nHost: a:80\r\nX-Y: \t z \r\n\r\n"));
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/a/b");
  EXPECT_EQ(request.query, "c=d?e");
  EXPECT_EQ(request.minor_version, 1);
  EXPECT_EQ(request.headers.get("x-y"), "z");
  EXPECT_EQ(request.body, "");
}

TEST(RequestParser, ReadsABodyByLength) {
  std::string body("\r\n\0\x80\r\n\r", 7);
  std::string head = "POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 0007\r\n\r\n";
  EXPECT_EQ(only(parse_every_way(head + body)).body, body);
}

TEST(RequestParser, TakesEveryMethodOfTheSpecification) {
  for (std::string method : {"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"}) {
    EXPECT_EQ(only(parse_every_way(method + " / HTTP/1.1\r\nHost: a\r\n\r\n")).method, method);
  }
  for (std::string method : {"POST", "PUT", "PATCH"}) {
    std::string head = method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    EXPECT_EQ(only(parse_every_way(head)).method, method);
  }
}

// As curl -X POST sends it (RFC 9112, 6.3); what follows is the next request.
TEST(RequestParser, TakesAPostThatSaysNothingOfABodyWhereNoLengthIsRequired) {
  Limits limits;
  limits.length_required = false;
  limits.max_body_bytes = 0;
  auto outcome = parse_every_way(
      "POST /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", limits);
  ASSERT_EQ(outcome.requests.size(), 2u) << outcome.text();
  EXPECT_EQ(outcome.requests[0].path, "/a");
  EXPECT_EQ(outcome.requests[0].body, "");
  EXPECT_EQ(outcome.requests[1].path, "/b");
}

TEST(RequestParser, TakesTheFormsOfTargets) {
  struct Case {
    const char* line;
    const char* path;
    const char* query;
    const char* host;
  };
  for (const Case& c :
       {Case{"GET /", "/", "", "h"}, Case{"GET /?", "/", "", "h"}, Case{"GET //x", "//x", "", "h"},
        Case{"GET /%41", "/%41", "", "h"}, Case{"OPTIONS *", "*", "", "h"},
        Case{"GET http://other:81/p?q", "/p", "q", "other:81"},
        Case{"GET HTTPS://other", "/", "", "other"}, Case{"OPTIONS http://other", "*", "", "other"},
        Case{"OPTIONS http://other/", "/", "", "other"},
        Case{"OPTIONS http://other?q", "/", "q", "other"},
        Case{"GET http://[::1]:8?q", "/", "q", "[::1]:8"}}) {
    std::string head = std::string(c.line) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    Request request = only(parse_every_way(head));
    EXPECT_EQ(request.path, c.path) << c.line;
    EXPECT_EQ(request.query, c.query) << c.line;
    EXPECT_EQ(request.headers.get("host"), c.host) << c.line;
    EXPECT_EQ(request.headers.count("host"), 1u) << c.line;
  }
}

TEST(RequestParser, OldVersionsNeedNoHost) {
  Request request = only(parse_every_way("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(request.minor_version, 0);
}

TEST(RequestParser, TakesPipelinedRequestsOneByOne) {
  Outcome outcome = parse_every_way(
      "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
      "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET /5");
  ASSERT_EQ(outcome.requests.size(), 4u) << outcome.text();
  EXPECT_EQ(outcome.requests[0].body, "abc");
  EXPECT_EQ(outcome.requests[2].body, "de");
  EXPECT_EQ(outcome.requests[3].path, "/4");
  EXPECT_EQ(outcome.last, RequestParser::Status::head);
}

TEST(RequestParser, OffersOfOtherProtocolsAreIgnored) {
  Outcome outcome = parse_every_way(
      "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
      "HTTP2-Settings: x\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
      "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(outcome.requests.size(), 3u) << outcome.text();
  EXPECT_EQ(outcome.requests[1].body, "x");
}

TEST(RequestParser, TellsWhetherTheClientStays) {
  struct Case {
    const char* head;
    bool stays;
  };
  for (const Case& c : {Case{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
                        Case{"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
                        Case{"GET / HTTP/1.0\r\n\r\n", false},
                        Case{"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true}}) {
    RequestParser parser({});
    parser.feed(c.head);
    ASSERT_EQ(parser.status(), RequestParser::Status::complete);
    EXPECT_EQ(parser.keep_alive(), c.stays) << c.head;
  }
}

TEST(RequestParser, ContinueIsOwedOnceAndOnlyBeforeTheBody) {
  std::string head =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
  RequestParser waiting({});
  waiting.feed(head);
  EXPECT_TRUE(waiting.take_continue());
  EXPECT_FALSE(waiting.take_continue());
  waiting.feed("ab");
  EXPECT_EQ(waiting.status(), RequestParser::Status::complete);

  RequestParser hasty({});
  hasty.feed(head + "a");
  EXPECT_FALSE(hasty.take_continue());
}

TEST(RequestParser, ContinueIsNotOwedWithoutBodyOrToOldClients) {
  RequestParser empty({});
  empty.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(empty.status(), RequestParser::Status::complete);
  EXPECT_FALSE(empty.take_continue());
  RequestParser old({});
  old.feed("POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_FALSE(old.take_continue());
}

TEST(RequestParser, LimitsAreExact) {
  Limits limits;
  std::string head = "GET /12345 HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n";
  limits.max_head_bytes = head.size();
  limits.max_target_bytes = 6;
  limits.max_headers = 2;
  EXPECT_EQ(parse_every_way(head, limits).requests.size(), 1u);
  limits.max_headers = 1;
  EXPECT_EQ(parse_every_way(head, limits).refusal.status, 431);
  limits.max_headers = 2;
  limits.max_target_bytes = 5;
  EXPECT_EQ(parse_every_way(head, limits).refusal.status, 414);
  limits.max_target_bytes = 6;
  --limits.max_head_bytes;
  EXPECT_EQ(parse_every_way(head, limits).refusal.status, 431);
}

TEST(RequestParser, BodiesUpToTheLimitAreTaken) {
  Limits limits;
  limits.max_body_bytes = 5;
  std::string by_length = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345";
  EXPECT_EQ(only(parse_every_way(by_length, limits)).body, "12345");
  std::string chunked =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\n123\r\n2\r\n45\r\n0\r\n\r\n";
  EXPECT_EQ(only(parse_every_way(chunked, limits)).body, "12345");
}

}  // namespace
}  // namespace playground::http

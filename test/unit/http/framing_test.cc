#include "http/framing.h"

#include <gtest/gtest.h>

#include "http/head_scanner.h"

namespace playground::http {
namespace {

TEST(Token, HasNoSeparators) {
  EXPECT_TRUE(is_token("Content-Type"));
  EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~09azAZ"));
  for (const char* text : {"", "a b", "a:", "a\t", "(a)", "a/b", "a@b", "\"a\"", "a\x7f", "\xC3"}) {
    EXPECT_FALSE(is_token(text)) << text;
  }
}

TEST(Fields, LoseTheBlanksAroundTheirValues) {
  auto headers = parse_fields("A:1\r\nB: \t two words \t\r\nC:\r\nD: a:b\r\n", 10);
  ASSERT_TRUE(headers);
  EXPECT_EQ(headers->get("a"), "1");
  EXPECT_EQ(headers->get("b"), "two words");
  EXPECT_EQ(headers->get("c"), "");
  EXPECT_EQ(headers->get("d"), "a:b");
}

TEST(Fields, AreBoundedInNumber) {
  EXPECT_TRUE(parse_fields("A: 1\r\nB: 2\r\n", 2));
  auto refused = parse_fields("A: 1\r\nB: 2\r\nC: 3\r\n", 2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 431);
}

TEST(Persistence, FollowsVersionAndConnection) {
  struct Case {
    int minor_version;
    const char* connection;
    bool persistent;
  };
  for (const Case& c : {Case{1, "", true}, Case{1, "close", false}, Case{1, "Close", false},
                        Case{1, "upgrade, close", false}, Case{1, "keep-alive", true},
                        Case{1, "closed", true}, Case{0, "", false}, Case{0, "keep-alive", true},
                        Case{0, "Keep-Alive", true}, Case{0, "keep-alive, close", false}}) {
    Headers headers;
    headers.add("Connection", c.connection);
    EXPECT_EQ(is_persistent(headers, c.minor_version), c.persistent)
        << "HTTP/1." << c.minor_version << " " << c.connection;
  }
}

TEST(Persistence, IsEndedByAnyOfSeveralFields) {
  Headers headers;
  headers.add("Connection", "keep-alive");
  headers.add("Connection", "close");
  EXPECT_FALSE(is_persistent(headers, 1));
}

TEST(HeadScanner, EndsAtTheEmptyLineAndTakesNoMore) {
  HeadScanner scanner(HeadScanner::Kind::head, 100);
  EXPECT_EQ(scanner.feed("GET / HTTP/1.1\r\nA: b\r\n\r\nrest"), 24u);
  EXPECT_EQ(scanner.status(), HeadScanner::Status::complete);
  EXPECT_EQ(scanner.first_line(), "GET / HTTP/1.1");
  EXPECT_EQ(scanner.fields(), "A: b\r\n");
  EXPECT_EQ(scanner.feed("more"), 0u);
}

TEST(HeadScanner, FindsTheSameInPieces) {
  HeadScanner scanner(HeadScanner::Kind::head, 100);
  for (char c : std::string_view("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n")) {
    ASSERT_EQ(scanner.status(), HeadScanner::Status::more);
    ASSERT_EQ(scanner.feed({&c, 1}), 1u);
  }
  EXPECT_EQ(scanner.status(), HeadScanner::Status::complete);
  EXPECT_EQ(scanner.first_line(), "GET / HTTP/1.1");
  EXPECT_EQ(scanner.fields(), "A: b\r\n");
  scanner.reset();
  EXPECT_FALSE(scanner.started());
  EXPECT_EQ(scanner.feed("X\r\n\r\n"), 5u);
  EXPECT_EQ(scanner.first_line(), "X");
}

TEST(HeadScanner, ATrailerMayBeEmpty) {
  HeadScanner scanner(HeadScanner::Kind::trailer, 100);
  EXPECT_EQ(scanner.feed("\r\nrest"), 2u);
  EXPECT_EQ(scanner.status(), HeadScanner::Status::complete);
  EXPECT_EQ(scanner.fields(), "");
}

TEST(HeadScanner, RefusesEveryControlByteButTheTab) {
  for (int byte = 0; byte < 256; ++byte) {
    HeadScanner scanner(HeadScanner::Kind::head, 100);
    std::string head =
        std::string("GET / HTTP/1.1\r\nA: b") + static_cast<char>(byte) + "c\r\n\r\n";
    scanner.feed(head);
    bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
    EXPECT_EQ(scanner.status(),
              control ? HeadScanner::Status::malformed : HeadScanner::Status::complete)
        << byte;
  }
}

TEST(HeadScanner, IsBoundedExactly) {
  std::string head = "GET / HTTP/1.1\r\n\r\n";
  HeadScanner fits(HeadScanner::Kind::head, head.size());
  fits.feed(head);
  EXPECT_EQ(fits.status(), HeadScanner::Status::complete);
  HeadScanner small(HeadScanner::Kind::head, head.size() - 1);
  small.feed(head);
  EXPECT_EQ(small.status(), HeadScanner::Status::too_large);
}

}  // namespace
}  // namespace playground::http

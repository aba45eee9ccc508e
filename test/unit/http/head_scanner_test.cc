#include "http/head_scanner.h"

#include <gtest/gtest.h>

#include <string>

namespace playground::http {
namespace {

constexpr std::size_t kRoom = 1000;

// Several steps of eight bytes, so that each byte stands at each place of one.
TEST(HeadScanner, FindsEveryControlWhereverItStands) {
  for (std::size_t place = 0; place < 24; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string value(24, 'v');
      value[place] = static_cast<char>(byte);
      HeadScanner scanner(HeadScanner::Kind::head, kRoom);
      std::string head = "GET / HTTP/1.1\r\nA:" + value + "\r\n\r\n";
      std::size_t taken = scanner.feed(head);
      bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
      EXPECT_EQ(scanner.status() == HeadScanner::Status::malformed, control)
          << place << " " << byte;
      EXPECT_EQ(taken == head.size(), !control) << place << " " << byte;
    }
  }
}

TEST(HeadScanner, TabsAndControlsSideBySide) {
  for (std::string value :
       {"\t\t\t\t\t\t\t\t\t", "\ta\tb\tc\td\te", "a\t\x01 bcdefgh", "\x7f\t\t\t\t\t\t\t"}) {
    HeadScanner scanner(HeadScanner::Kind::head, kRoom);
    scanner.feed("GET / HTTP/1.1\r\nA:" + value + "\r\n\r\n");
    bool control = value.find_first_of("\x01\x7f") != std::string::npos;
    EXPECT_EQ(scanner.status(),
              control ? HeadScanner::Status::malformed : HeadScanner::Status::complete);
  }
}

// The verdict and what is taken do not depend on the cuts.
TEST(HeadScanner, TakesTheSameInPieces) {
  const std::string head =
      "POST /a HTTP/1.1\r\nHost: example\r\nA-Longer-Name: and\ta longer value\r\n\r\n";
  for (std::size_t step = 1; step < head.size(); ++step) {
    HeadScanner scanner(HeadScanner::Kind::head, kRoom);
    for (std::size_t at = 0; at < head.size(); at += step) scanner.feed(head.substr(at, step));
    EXPECT_EQ(scanner.status(), HeadScanner::Status::complete) << step;
    EXPECT_EQ(scanner.text(), head) << step;
  }
}

TEST(HeadScanner, OneByteTooManyIsTooLarge) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  HeadScanner fits(HeadScanner::Kind::head, head.size());
  fits.feed(head);
  EXPECT_EQ(fits.status(), HeadScanner::Status::complete);
  HeadScanner small(HeadScanner::Kind::head, head.size() - 1);
  EXPECT_EQ(small.feed(head), head.size() - 1);
  EXPECT_EQ(small.status(), HeadScanner::Status::too_large);
}

}  // namespace
}  // namespace playground::http

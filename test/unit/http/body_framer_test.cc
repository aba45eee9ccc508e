#include "http/body_framer.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

TEST(BodyFramer, SendsChunks) {
  BodyFramer framer({BodyKind::chunked, 0}, true);
  EXPECT_EQ(framer.frame("abc"), "3\r\nabc\r\n");
  EXPECT_EQ(framer.frame(std::string(255, 'x')), "ff\r\n" + std::string(255, 'x') + "\r\n");
  EXPECT_TRUE(framer.may_end());
  EXPECT_EQ(framer.end(), "0\r\n\r\n");
}

TEST(BodyFramer, AnEmptyPieceIsNotTheLastChunk) {
  BodyFramer framer({BodyKind::chunked, 0}, true);
  EXPECT_EQ(framer.frame(""), "");
}

TEST(BodyFramer, ADeclaredLengthHasToBeReached) {
  BodyFramer framer({BodyKind::length, 3}, true);
  EXPECT_FALSE(framer.may_end());
  EXPECT_EQ(framer.frame("ab"), "ab");
  EXPECT_FALSE(framer.may_end());
  EXPECT_EQ(framer.frame("c"), "c");
  EXPECT_TRUE(framer.may_end());
  EXPECT_EQ(framer.end(), "");
}

TEST(BodyFramer, TellsWhetherTheConnectionsEndIsTheBodys) {
  EXPECT_TRUE(BodyFramer({BodyKind::until_close, 0}, true).ends_by_close());
  EXPECT_FALSE(BodyFramer({BodyKind::until_close, 0}, false).ends_by_close());
  EXPECT_FALSE(BodyFramer({BodyKind::chunked, 0}, true).ends_by_close());
  BodyFramer framer({BodyKind::until_close, 0}, true);
  EXPECT_EQ(framer.frame("ab"), "ab");
  EXPECT_TRUE(framer.may_end());
  EXPECT_EQ(framer.end(), "");
}

TEST(BodyFramer, SendsNothingOfABodyThatStaysAtHome) {
  for (BodyKind kind : {BodyKind::chunked, BodyKind::length, BodyKind::until_close}) {
    BodyFramer framer({kind, 10}, false);
    EXPECT_EQ(framer.frame("abc"), "");
    EXPECT_TRUE(framer.may_end());
    EXPECT_EQ(framer.end(), "");
  }
}

TEST(BodyFramerDeathTest, MoreThanWasDeclaredIsABrokenInvariant) {
  BodyFramer framer({BodyKind::length, 2}, true);
  EXPECT_DEATH(framer.frame("abc"), "");
}

}  // namespace
}  // namespace playground::http

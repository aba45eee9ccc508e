#include "app/whole_lines.h"

#include <gtest/gtest.h>

namespace playground::app {
namespace {

TEST(WholeLines, HoldsBackALineThatHasNotEnded) {
  WholeLines lines(100);
  EXPECT_EQ(lines.take("on"), "");
  EXPECT_EQ(lines.take("e\ntwo\nth"), "one\ntwo\n");
  EXPECT_EQ(lines.take("ree\n"), "three\n");
  EXPECT_EQ(lines.take(""), "");
}

TEST(WholeLines, TheLastLineNeedsNoEnd) {
  WholeLines lines(100);
  EXPECT_EQ(lines.take("one\ntw"), "one\n");
  EXPECT_EQ(lines.take_last("o"), "two");
}

TEST(WholeLines, AfterABreakTheNextLineIsOneOfItsOwn) {
  WholeLines lines(100);
  EXPECT_EQ(lines.take("one\ntw"), "one\n");
  EXPECT_EQ(lines.close_line(), "");
  EXPECT_EQ(lines.take_last("x"), "x") << "what was held is dropped";
}

TEST(WholeLines, ALongLineGoesOnInParts) {
  WholeLines lines(4);
  EXPECT_EQ(lines.take("1234"), "");
  EXPECT_EQ(lines.take("5"), "12345");
  EXPECT_EQ(lines.close_line(), "\n");
  EXPECT_EQ(lines.close_line(), "");
  EXPECT_EQ(lines.take("a\n12345"), "a\n12345");
  EXPECT_EQ(lines.take("6\n"), "6\n");
  EXPECT_EQ(lines.close_line(), "");
}

}  // namespace
}  // namespace playground::app

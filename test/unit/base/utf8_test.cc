#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace playground {
namespace {

TEST(Utf8, LengthOfASequence) {
  std::size_t broken = 0;
  EXPECT_EQ(utf8_sequence("a\xC3", broken), 1u);
  EXPECT_EQ(utf8_sequence("\xC3\xA9", broken), 2u);
  EXPECT_EQ(utf8_sequence("\xE2\x82\xAC.", broken), 3u);
  EXPECT_EQ(utf8_sequence("\xF0\x9F\x90\x8D", broken), 4u);
}

TEST(Utf8, MaximalPartOfWhatIsIllFormed) {
  std::size_t broken = 0;
  EXPECT_EQ(utf8_sequence("\xE2\x82.", broken), 0u);
  EXPECT_EQ(broken, 2u);
  EXPECT_EQ(utf8_sequence("\xED\xA0\x80", broken), 0u);  // a surrogate
  EXPECT_EQ(broken, 1u);
  EXPECT_EQ(utf8_sequence("\x80", broken), 0u);
  EXPECT_EQ(broken, 1u);
}

TEST(Utf8, UnfinishedIsWhatMayStillBecomeACharacter) {
  for (std::string_view tail : {"\xC3", "\xE2", "\xE2\x82", "\xF0", "\xF0\x9F", "\xF0\x9F\x90"}) {
    EXPECT_EQ(utf8_unfinished(tail), tail.size());
    EXPECT_EQ(utf8_unfinished("before" + std::string(tail)), tail.size());
    EXPECT_EQ(utf8_unfinished("\x80" + std::string(tail)), tail.size());
    EXPECT_EQ(utf8_unfinished(std::string(tail) + "after"), 0u);
  }
}

TEST(Utf8, FinishedIsWhatNothingCanChange) {
  for (std::string_view text : {"", "a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x90\x8D", "\x80",
                                "\x80\x80\x80\x80", "\xC0", "\xC1", "\xF5", "\xFF", "\xE0\x80",
                                "\xED\xA0", "\xF4\x90", "\xF4\x90\x80", "\xE2\x82\xAC\x80"}) {
    EXPECT_EQ(utf8_unfinished(text), 0u) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace playground

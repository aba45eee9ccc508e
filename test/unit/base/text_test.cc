#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace playground {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParseUnsigned, TakesDecimalDigitsOnly) {
  EXPECT_EQ(parse_unsigned("0"), 0u);
  EXPECT_EQ(parse_unsigned("0042"), 42u);
  EXPECT_EQ(parse_unsigned("18446744073709551615"), UINT64_MAX);
}

TEST(ParseUnsigned, RefusesEverythingElse) {
  for (std::string_view text : {"", " ", "+1", "-1", " 1", "1 ", "1.0", "0x10", "1e3", "one",
                                "18446744073709551616", "99999999999999999999999"}) {
    EXPECT_EQ(parse_unsigned(text), std::nullopt) << text;
  }
}

TEST(SplitList, DropsBlanksAndEmptyParts) {
  EXPECT_THAT(split_list("a, b ,,\tc d ,", ','), ElementsAre("a", "b", "c d"));
  EXPECT_THAT(split_list("", ','), IsEmpty());
  EXPECT_THAT(split_list(" , ,", ','), IsEmpty());
  EXPECT_THAT(split_list("alone", ','), ElementsAre("alone"));
}

TEST(Trim, RemovesBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(EqualsIgnoringCase, KnowsOnlyAscii) {
  EXPECT_TRUE(equals_ignoring_case("Content-Type", "cONTENT-tYPE"));
  EXPECT_FALSE(equals_ignoring_case("host", "hos"));
  EXPECT_FALSE(equals_ignoring_case("[", "{")) << "32 apart, but no letters";
  EXPECT_FALSE(equals_ignoring_case("\xC4", "\xE4")) << "letters in Latin-1 only";
}

TEST(RandomHex, GivesTwoDigitsAByteAndNeverTheSame) {
  std::string first = random_hex(16);
  EXPECT_THAT(first, testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(first.size(), 32u);
  EXPECT_NE(first, random_hex(16));
  EXPECT_EQ(random_hex(0), "");
}

TEST(RandomName, IsShortSafeInAPathAndNeverTheSame) {
  std::string first = random_name(16);
  EXPECT_THAT(first, testing::MatchesRegex("[0-9A-Za-z_-]+"));
  EXPECT_EQ(first.size(), 22u);
  EXPECT_NE(first, random_name(16));
  EXPECT_EQ(random_name(3).size(), 4u);
  EXPECT_EQ(random_name(0), "");
}

TEST(RandomName, UsesAllOfItsDigits) {
  std::string seen(128, ' ');
  for (char c : random_name(4096)) seen[static_cast<unsigned char>(c)] = 'x';
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 'x'), 64);
}

TEST(MadeOf, KnowsLettersDigitsAndWhatElseIsAllowed) {
  EXPECT_TRUE(made_of("gcp-1", "-", false));
  EXPECT_TRUE(made_of("Gcp_1", "-_", true));
  EXPECT_FALSE(made_of("Gcp", "-", false));
  EXPECT_FALSE(made_of("a b", "-", true));
  EXPECT_FALSE(made_of("\xc3\xa4", "-", true));
  EXPECT_FALSE(made_of("", "-", true));
}

TEST(ErrnoText, NamesTheError) {
  EXPECT_EQ(errno_text(ENOENT), "No such file or directory");
}

}  // namespace
}  // namespace playground

#include "app/argument_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::app {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> words(std::string_view line) {
  return split_arguments(line).value();
}

TEST(ArgumentLine, IsPartedByBlanks) {
  EXPECT_THAT(words(""), ElementsAre());
  EXPECT_THAT(words(" \t\r\n"), ElementsAre());
  EXPECT_THAT(words(" one  two\tthree\n"), ElementsAre("one", "two", "three"));
}

TEST(ArgumentLine, QuotesKeepBlanks) {
  EXPECT_THAT(words("'a b' \"c  d\" e' 'f"), ElementsAre("a b", "c  d", "e f"));
  EXPECT_THAT(words("'' \"\""), ElementsAre("", ""));
  EXPECT_THAT(words("\"it's\" 'say \"hi\"'"), ElementsAre("it's", "say \"hi\""));
}

TEST(ArgumentLine, ABackslashTakesTheNextCharacterAsItIs) {
  EXPECT_THAT(words("a\\ b \\\"c \\\\"), ElementsAre("a b", "\"c", "\\"));
  EXPECT_THAT(words("\"a\\\"b\\\\c\\d\" 'e\\f'"), ElementsAre("a\"b\\c\\d", "e\\f"));
  EXPECT_THAT(words("end\\"), ElementsAre("end\\"));
}

TEST(ArgumentLine, AnOpenQuoteIsNamed) {
  for (const char* line : {"'", "a \"b", "\"a\\\""}) {
    auto split = split_arguments(line);
    ASSERT_FALSE(split.has_value()) << line;
    EXPECT_EQ(split.error().field, "arguments");
    EXPECT_EQ(split.error().status, 400);
  }
}

}  // namespace
}  // namespace playground::app

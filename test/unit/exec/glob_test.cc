#include "exec/glob.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::exec {
namespace {

using ::testing::HasSubstr;

bool matches(std::string_view pattern, std::string_view path) {
  auto glob = Glob::parse(pattern);
  EXPECT_TRUE(glob.has_value()) << pattern;
  GlobBudget budget{1'000'000};
  bool matched = glob->matches(path, budget);
  EXPECT_GE(budget.steps, 0);
  return matched;
}

struct Case {
  std::string pattern;
  std::vector<std::string> yes, no;
};

class GlobTest : public ::testing::TestWithParam<Case> {};

TEST_P(GlobTest, MatchesTheseAndNotThose) {
  for (const auto& path : GetParam().yes) EXPECT_TRUE(matches(GetParam().pattern, path)) << path;
  for (const auto& path : GetParam().no) EXPECT_FALSE(matches(GetParam().pattern, path)) << path;
}

INSTANTIATE_TEST_SUITE_P(
    Patterns, GlobTest,
    ::testing::Values(
        Case{"a.txt", {"a.txt"}, {"b.txt", "a.txt/x", "x/a.txt", "a.tx", "a.txtt", "aXtxt"}},
        Case{"*", {"a", "a.txt", "ü"}, {"a/b", ".a"}},
        Case{"*.csv", {"a.csv", "a.b.csv"}, {".csv", "a.csvx", "d/a.csv"}},
        Case{"a*b*c", {"abc", "axbxbxc", "abcbc"}, {"ab", "acb", "abcx"}},
        Case{"?", {"a", "ü", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}, {"ab", ".", "a/b"}},
        Case{"a?c",
             {"abc",
              "a\xC3\xBC"
              "c"},
             {"ac", "a/c", "abbc"}},
        Case{"[abc]", {"a", "c"}, {"d", "ab", "-"}},
        Case{"[a-c]x", {"ax", "cx"}, {"dx", "-x", "x"}},
        Case{"[!a-c]", {"d", "ü"}, {"a", ".", "b"}}, Case{"[]]", {"]"}, {"["}},
        Case{"[!]]", {"a"}, {"]"}}, Case{"[a-]", {"a", "-"}, {"b"}},
        Case{"[*?]", {"*", "?"}, {"a", "**"}}, Case{"[ä-ü]", {"ö"}, {"o"}},
        Case{"^[^]", {"^^"}, {"^a"}}, Case{".*", {".a", ".a.b"}, {"a", "a/.b"}},
        Case{"[.]a", {}, {".a"}}, Case{"d/*.txt", {"d/a.txt"}, {"a.txt", "d/e/a.txt", "d/.txt"}},
        Case{"*/*", {"a/b"}, {"a", "a/b/c", ".a/b", "a/.b"}},
        Case{"**", {"a", "a/b", "a/b/c"}, {".a", "a/.b", ".a/b"}},
        Case{"**/*.txt", {"a.txt", "b/a.txt", "b/c/a.txt"}, {"a.csv", "b/a.txt/c", ".b/a.txt"}},
        Case{"a/**", {"a/b", "a/b/c"}, {"a", "ab/c", "b/a/c"}},
        Case{"a/**/b", {"a/b", "a/x/b", "a/x/y/b", "a/b/b"}, {"a/b/c", "b", "a/x/yb"}},
        Case{"**/a/**/b/*", {"a/b/c", "x/a/y/b/c", "a/b/a/b/c"}, {"a/b", "b/a/c", "a/b/c/d"}},
        Case{".git/**", {".git/a"}, {".git/.b", "git/a"}},
        Case{"a**b", {"ab", "axxb"}, {"a/b", "a"}}, Case{"\\*", {"\\a", "\\"}, {"*"}},
        Case{"main.py", {"main.py"}, {"mainxpy"}}));

TEST(GlobRefuses, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "empty"},       {"/a", "relative"},  {"/", "relative"},  {"a//b", "component"},
      {"a/", "component"}, {"..", "\"..\""},    {"../a", "\"..\""}, {"a/../b", "\"..\""},
      {"./a", "\".\""},    {"**/..", "\"..\""}, {"[", "\"]\""},     {"[]", "\"]\""},
      {"[!]", "\"]\""},    {"[a", "\"]\""},     {"[a/b]", "\"]\""}, {"a[b-", "\"]\""},
      {"[z-a]", "range"},  {"[!ü-ä]", "range"},
  };
  for (auto [pattern, word] : kCases) {
    auto glob = Glob::parse(pattern);
    ASSERT_FALSE(glob.has_value()) << pattern;
    EXPECT_THAT(glob.error().message, HasSubstr(word)) << pattern;
  }
}

// What would take a search that tries everything longer than anyone waits.
TEST(GlobBudgetTest, APatternOfManyRunsTakesNoMoreThanTheProductOfTheLengths) {
  std::string name(200, 'a');
  GlobBudget budget{200 * 100 * 4};
  EXPECT_FALSE(Glob::parse("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")->matches(name, budget));
  std::string path = "a", pattern = "**/a";
  for (int i = 0; i < 100; ++i) path += "/a";
  for (int i = 0; i < 10; ++i) pattern += "/**/a";
  EXPECT_FALSE(Glob::parse(pattern + "/b")->matches(path, budget));
  EXPECT_GE(budget.steps, 0);
}

TEST(GlobBudgetTest, OneThatIsUsedUpEndsTheSearch) {
  auto glob = Glob::parse("**/*a*");
  GlobBudget budget{3};
  EXPECT_FALSE(glob->matches("bbbb/bbbb/a", budget));
  EXPECT_LT(budget.steps, 0);
}

}  // namespace
}  // namespace playground::exec

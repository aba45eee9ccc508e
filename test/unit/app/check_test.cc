#include "app/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/options.h"
#include "load.h"

namespace playground::app {
namespace {

using testing::HasSubstr;
using testing::Not;
using Verdict = BudgetLine::Verdict;

Command command_of(const Environment& environment, const Flags& flags = {}) {
  auto loaded = load(environment, flags);
  EXPECT_TRUE(loaded.has_value());
  return {Command::Role::check, loaded->config, loaded->sources, loaded->warnings};
}

std::string line_of(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(word + " ") != std::string::npos) return line;
  }
  return "";
}

TEST(Check, ShowsEachValueWithItsUnitAndWhereItCameFrom) {
  Command command = command_of({{"PLAYGROUND_MEMORY_MB", "100"}}, {{"POOL_SIZE", "3"}});
  std::string text = check(command, {}, {}).text;
  EXPECT_THAT(line_of(text, "PLAYGROUND_MEMORY_MB"),
              testing::ContainsRegex(" 100 MB +environment$"));
  EXPECT_THAT(line_of(text, "PLAYGROUND_POOL_SIZE"), testing::ContainsRegex(" 3 +--pool-size$"));
  EXPECT_THAT(line_of(text, "PLAYGROUND_MAX_RUNNING"), testing::ContainsRegex(" 16 +default$"));
  EXPECT_THAT(line_of(text, "PLAYGROUND_PRELOAD"), testing::ContainsRegex(" none +default$"));
}

TEST(Check, AlignsItsColumns) {
  std::string text = check(command_of({}), {}, {}).text;
  std::size_t column = 0;
  for (const Option& option : options()) {
    std::string line = line_of(text, variable_of(option));
    ASSERT_THAT(line, HasSubstr("default"));
    if (column == 0) column = line.rfind("default");
    EXPECT_EQ(line.rfind("default"), column) << line;
  }
}

TEST(Check, ShowsTheSandboxAndFailsWhenItIsTooLittle) {
  SandboxTable sandbox{"T0",
                       {{"T0", "landlock", "on, ABI 7"}, {"T1", "namespaces", "off: why"}},
                       "on, 9 mappings",
                       ""};
  CheckReport report = check(command_of({}), {}, {}, sandbox);
  EXPECT_THAT(report.text,
              HasSubstr("  T0  landlock    on, ABI 7\n  T1  namespaces  off: why\n  reached: T0\n"
                        "  flat memory: on, 9 mappings\n"));
  EXPECT_EQ(report.exit_code, 0);
  sandbox.shortfall = "too little";
  report = check(command_of({}), {}, {}, sandbox);
  EXPECT_THAT(report.text, HasSubstr("  FAILED  too little\n"));
  EXPECT_EQ(report.exit_code, 2);
}

TEST(Check, SucceedsWhenAllFits) {
  CheckReport report = check(command_of({}), {{"memory", Verdict::fits, "1 MB"}},
                             {{"interpreter", Probe::Verdict::passed, "CPython 3.11.2"}});
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_THAT(report.text, HasSubstr("  ok      memory: 1 MB\n"));
  EXPECT_THAT(report.text, HasSubstr("  ok      interpreter: CPython 3.11.2\n"));
}

TEST(Check, FailsWhenTheBudgetIsExceeded) {
  CheckReport report = check(command_of({}), {{"memory", Verdict::exceeded, "too much"}}, {});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(report.text, HasSubstr("  FAILED  memory: too much\n"));
}

TEST(Check, FailsWhenAProbeFailed) {
  CheckReport report = check(command_of({}), {},
                             {{"interpreter", Probe::Verdict::failed, ""},
                              {"other", Probe::Verdict::passed, ""},
                              {"preload", Probe::Verdict::doubtful, "numpy"}});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(report.text,
              HasSubstr("  FAILED  interpreter\n  ok      other\n  warn    preload: numpy\n"));
}

TEST(Check, WarnsOfWhatIsDoubtfulAndOfUnknownVariables) {
  CheckReport report = check(command_of({{"PLAYGROUND_QUEUE", "1"}}),
                             {{"scratch", Verdict::doubtful, "nearly full"}}, {});
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_THAT(report.text, HasSubstr("  warn    scratch: nearly full\n"));
  EXPECT_THAT(report.text, HasSubstr("warning: PLAYGROUND_QUEUE is not an option"));
  EXPECT_THAT(report.text, Not(HasSubstr("Probes")));
}

}  // namespace
}  // namespace playground::app

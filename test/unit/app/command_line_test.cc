#include "app/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/version.h"
#include "load.h"

namespace playground::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

Result<Command, Exit> parse(std::vector<const char*> words, const Environment& environment = {}) {
  words.insert(words.begin(), "playground");
  return parse_command_line(static_cast<int>(words.size()), words.data(), environment, kMachine);
}

// The line after "playground: " of what must be refused.
std::string refused(std::vector<const char*> words) {
  auto command = parse(std::move(words));
  if (command) return "(taken)";
  const Exit& exit = command.error();
  EXPECT_EQ(exit.code, 2);
  EXPECT_THAT(exit.text, StartsWith("playground: "));
  EXPECT_EQ(exit.text.find('\n'), exit.text.size() - 1);
  return exit.text.substr(12, exit.text.size() - 13);
}

TEST(CommandLine, NamesARole) {
  EXPECT_EQ(parse({"backend"})->role, Command::Role::backend);
  EXPECT_EQ(parse({"ui"})->role, Command::Role::ui);
  EXPECT_EQ(parse({"all"})->role, Command::Role::all);
  EXPECT_EQ(parse({"check"})->role, Command::Role::check);
}

TEST(CommandLine, CheckIsOfAllRolesOrOfOne) {
  EXPECT_EQ(parse({"check"})->roles, unsigned{kAllRoles});
  EXPECT_EQ(parse({"check", "all"})->roles, unsigned{kAllRoles});
  EXPECT_EQ(parse({"check", "ui"})->roles, unsigned{kUi});
  auto command = parse({"check", "--pool-size", "3", "backend"});
  ASSERT_TRUE(command.has_value()) << command.error().text;
  EXPECT_EQ(command->role, Command::Role::check);
  EXPECT_EQ(command->roles, unsigned{kBackend});
  EXPECT_EQ(command->config.pool_size, 3U);
  EXPECT_EQ(parse({"ui"})->roles, unsigned{kUi});
}

TEST(CommandLine, CheckRefusesWhatIsNoRole) {
  EXPECT_EQ(refused({"check", "check"}),
            "check: unknown role \"check\"; allowed: backend, ui or all");
  EXPECT_EQ(refused({"check", "ui", "backend"}),
            "unknown command or argument \"backend\"; see playground --help");
}

TEST(CommandLine, TakesFlagsOnBothSidesOfTheCommandAndInBothForms) {
  auto command = parse({"--pool-size", "3", "ui", "--queue-size=4"});
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(command->config.pool_size, 3U);
  EXPECT_EQ(command->config.queue_size, 4U);
}

TEST(CommandLine, TheLastOfARepeatedFlagCounts) {
  EXPECT_EQ(parse({"all", "--pool-size", "3", "--pool-size", "4"})->config.pool_size, 4U);
}

TEST(CommandLine, AFlagMayBeEmptyWithoutTakingTheNextWord) {
  Environment environment{{"PLAYGROUND_PRELOAD", "numpy"}};
  auto command = parse({"all", "--preload=", "--pool-size", "9"}, environment);
  ASSERT_TRUE(command.has_value()) << command.error().text;
  EXPECT_EQ(command->config.preload, "");
  EXPECT_EQ(command->config.pool_size, 9U);
  EXPECT_EQ(parse({"all", "--preload", ""}, environment)->config.preload, "");
}

TEST(CommandLine, AValueMayHoldCommasAndEqualsSigns) {
  auto command = parse({"ui", "--backends", "a=http://h:1,b=http://h:2"});
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(command->config.backends.size(), 2U);
  EXPECT_EQ(parse({"ui", "--backends=a=http://h:1"})->config.backends.size(), 1U);
}

TEST(CommandLine, RefusesWithOneLine) {
  EXPECT_EQ(refused({}), "a command is needed: backend, ui, all or check; see playground --help");
  EXPECT_EQ(refused({"serve"}), "unknown command or argument \"serve\"; see playground --help");
  EXPECT_EQ(refused({"ui", "backend"}),
            "unknown command or argument \"backend\"; see playground --help");
  EXPECT_EQ(refused({"ui", "--", "x"}), "unknown command or argument \"x\"; see playground --help");
  EXPECT_EQ(refused({"ui", "-z"}), "unknown flag \"-z\"; see playground --help");
  EXPECT_EQ(refused({"ui", "--pol-size", "3"}),
            "unknown flag \"--pol-size\"; the closest one is --pool-size; see playground --help");
  EXPECT_EQ(refused({"ui", "--timeout=3"}),
            "unknown flag \"--timeout=3\"; the closest one is --timeout-ms; see playground --help");
  EXPECT_EQ(refused({"ui", "--pool-size"}), "--pool-size needs a value; see playground --help");
  std::string mistaken = refused({"ui", "--version=a\nb"});
  EXPECT_THAT(mistaken, HasSubstr("a\\nb"));
  EXPECT_EQ(mistaken.find('\n'), std::string::npos) << mistaken;
}

TEST(CommandLine, RefusesAnInvalidValueByVariableAndFlag) {
  EXPECT_EQ(refused({"all", "--pool-size", "0"}),
            "PLAYGROUND_POOL_SIZE=\"0\" (from --pool-size): out of range; allowed: 1 to 1024");
  EXPECT_EQ(
      refused({"all", "--pool-size", "-1"}),
      "PLAYGROUND_POOL_SIZE=\"-1\" (from --pool-size): not a whole number; allowed: 1 to 1024");
  EXPECT_EQ(
      refused({"all", "--pool-size=1\n2"}),
      "PLAYGROUND_POOL_SIZE=\"1\\n2\" (from --pool-size): not a whole number; allowed: 1 to 1024");
}

TEST(CommandLine, PrintsHelpAndVersionWithoutLookingAtTheConfiguration) {
  Environment invalid{{"PLAYGROUND_POOL_SIZE", "x"}};
  for (std::vector<const char*> words :
       {std::vector{"--help"}, std::vector{"-h"}, std::vector{"ui", "--help"}}) {
    auto help = parse(words, invalid);
    ASSERT_FALSE(help.has_value());
    EXPECT_EQ(help.error().code, 0);
    EXPECT_THAT(help.error().text, StartsWith("Usage: playground COMMAND"));
  }
  auto version = parse({"--version"}, invalid);
  ASSERT_FALSE(version.has_value());
  EXPECT_EQ(version.error().code, 0);
  EXPECT_EQ(version.error().text, "playground " + std::string(kVersion) + "\n");
  auto markdown = parse({"--help-markdown"}, invalid);
  ASSERT_FALSE(markdown.has_value());
  EXPECT_THAT(markdown.error().text, StartsWith("# Configuration\n"));
}

TEST(CommandLine, HandsOnWarnings) {
  auto command = parse({"ui"}, {{"PLAYGROUND_POOLSIZE", "3"}});
  ASSERT_TRUE(command.has_value());
  ASSERT_EQ(command->warnings.size(), 1U);
  EXPECT_THAT(command->warnings[0], EndsWith("the closest one is PLAYGROUND_POOL_SIZE"));
}

}  // namespace
}  // namespace playground::app

#include "app/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "load.h"

namespace playground::app {
namespace {

TEST(Options, AreNamedOnceAndExplained) {
  std::set<std::string> flags;
  for (const Option& option : options()) {
    EXPECT_TRUE(flags.insert(flag_of(option)).second) << option.name;
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_FALSE(option.value.empty()) << option.name;
    EXPECT_TRUE(option.assign != nullptr && option.show != nullptr) << option.name;
    EXPECT_FALSE(allowed_by(option).empty()) << option.name;
    EXPECT_NE(option.used_by & kAllRoles, 0U) << option.name;
  }
}

TEST(Options, OfASectionStandTogether) {
  std::set<std::string_view> finished;
  std::string_view section;
  for (const Option& option : options()) {
    if (option.section == section) continue;
    EXPECT_TRUE(finished.insert(option.section).second) << option.section;
    section = option.section;
  }
}

TEST(Options, DefaultsAreShownAsTheyAreWritten) {
  Config config = config_of({});
  for (const Option& option : options()) {
    if (option.compute) continue;
    EXPECT_EQ(option.show(config), option.standard) << option.name;
  }
}

TEST(Options, NamesMakeVariableAndFlag) {
  const Option& option = closest_to("QUEUE_TIMEOUT_MS");
  EXPECT_EQ(variable_of(option), "PLAYGROUND_QUEUE_TIMEOUT_MS");
  EXPECT_EQ(flag_of(option), "--queue-timeout-ms");
}

TEST(Options, TheClosestNameIsTheOneWithFewestChanges) {
  EXPECT_EQ(closest_to("POL_SIZE").name, "POOL_SIZE");
  EXPECT_EQ(closest_to("BACKEND").name, "BACKENDS");
  EXPECT_EQ(closest_to("TIMEOUT").name, "TIMEOUT_MS");
}

struct Bounds {
  const char* name;
  const char* least;
  const char* most;
  const char* below;
  const char* above;
  const char* allowed;
};

void PrintTo(const Bounds& bounds, std::ostream* out) {
  *out << bounds.name;
}

class NumberOption : public testing::TestWithParam<Bounds> {
 protected:
  std::string variable() const { return std::string("PLAYGROUND_") + GetParam().name; }
  std::string message(const std::string& value, const std::string& what) const {
    return variable() + "=\"" + value + "\": " + what + "; allowed: " + GetParam().allowed;
  }
};

TEST_P(NumberOption, TakesItsBounds) {
  const Option& option = closest_to(GetParam().name);
  ASSERT_EQ(option.name, GetParam().name);
  for (const char* value : {GetParam().least, GetParam().most}) {
    Environment environment{{"PLAYGROUND_POOL_SIZE", "1"}};  // POOL_MAX is no less
    environment[variable()] = value;
    EXPECT_EQ(option.show(config_of(environment)), value);
  }
}

TEST_P(NumberOption, RefusesWhatIsOutOfThem) {
  for (std::string value : {GetParam().below, GetParam().above, "18446744073709551616"}) {
    std::string what = value[0] == '-' ? "not a whole number" : "out of range";
    EXPECT_EQ(refusal({{variable(), value}}), message(value, what));
  }
}

TEST_P(NumberOption, RefusesWhatIsNoNumber) {
  for (const char* value : {"x", "1.5", " 1", "1 ", "0x10", "1e3", "-1", "+1", "8MB"}) {
    EXPECT_EQ(refusal({{variable(), value}}), message(value, "not a whole number"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, NumberOption,
    testing::Values(
        Bounds{"POOL_SIZE", "1", "1024", "0", "1025", "1 to 1024"},
        Bounds{"POOL_MAX", "1", "1024", "0", "1025", "1 to 1024"},
        Bounds{"MAX_RUNNING", "1", "1024", "0", "1025", "1 to 1024"},
        Bounds{"BATCH_SHARE", "1", "100", "0", "101", "1 to 100"},
        Bounds{"BATCH_ITEMS", "1", "100000", "0", "100001", "1 to 100000"},
        Bounds{"QUEUE_SIZE", "0", "1000000", "-1", "1000001", "0 to 1000000"},
        Bounds{"QUEUE_TIMEOUT_MS", "1", "3600000", "0", "3600001", "1 to 3600000 ms"},
        Bounds{"TIMEOUT_MS", "1", "3600000", "0", "3600001", "1 to 3600000 ms"},
        Bounds{"CPU_MS", "1", "3600000", "0", "3600001", "1 to 3600000 ms"},
        Bounds{"THREADS", "1", "4096", "0", "4097", "1 to 4096"},
        Bounds{"MEMORY_MB", "16", "1048576", "15", "1048577", "16 to 1048576 MB"},
        Bounds{"SCRATCH_MB", "1", "1048576", "0", "1048577", "1 to 1048576 MB"},
        Bounds{"FILES_MB", "1", "1024", "0", "1025", "1 to 1024 MB"},
        Bounds{"OUTPUT_KB", "1", "1048576", "0", "1048577", "1 to 1048576 KB"},
        Bounds{"STREAM_MB", "1", "1048576", "0", "1048577", "1 to 1048576 MB"},
        Bounds{"LANDLOCK_ABI_MAX", "1", "99", "0", "100", "1 to 99"},
        Bounds{"SANDBOX_UID", "1", "4294967294", "0", "4294967295", "1 to 4294967294"},
        Bounds{"LOOPS", "1", "64", "0", "65", "1 to 64"},
        Bounds{"MAX_BODY_KB", "1", "1048576", "0", "1048577", "1 to 1048576 KB"},
        Bounds{"MAX_CONNECTIONS", "1", "1000000", "0", "1000001", "1 to 1000000"},
        Bounds{"HEAD_TIMEOUT_MS", "1", "86400000", "0", "86400001", "1 to 86400000 ms"},
        Bounds{"BODY_TIMEOUT_MS", "1", "86400000", "0", "86400001", "1 to 86400000 ms"},
        Bounds{"WRITE_TIMEOUT_MS", "1", "86400000", "0", "86400001", "1 to 86400000 ms"},
        Bounds{"IDLE_TIMEOUT_MS", "1", "86400000", "0", "86400001", "1 to 86400000 ms"},
        Bounds{"MIN_RATE", "1", "1000000000", "0", "1000000001", "1 to 1000000000 bytes a second"},
        Bounds{"DRAIN_MS", "0", "86400000", "-1", "86400001", "0 to 86400000 ms"},
        Bounds{"CONNECT_MS", "1", "60000", "0", "60001", "1 to 60000 ms"},
        Bounds{"BACKEND_CONCURRENCY", "1", "1000000", "0", "1000001", "1 to 1000000"},
        Bounds{"SLOW_START_MS", "0", "3600000", "-1", "3600001", "0 to 3600000 ms"},
        Bounds{"ANSWER_MS", "1", "86400000", "0", "86400001", "1 to 86400000 ms"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(NumberOptions, AreAllInTheTestAbove) {
  std::size_t numbers = 0;
  for (const Option& option : options()) numbers += option.range.words.empty() ? 1 : 0;
  EXPECT_EQ(numbers, 30U);
}

TEST(NumberOptions, WithAUnitAreKeptInBytes) {
  Config config = config_of({{"PLAYGROUND_MEMORY_MB", "100"},
                             {"PLAYGROUND_SCRATCH_MB", "3"},
                             {"PLAYGROUND_OUTPUT_KB", "5"},
                             {"PLAYGROUND_MAX_BODY_KB", "7"}});
  EXPECT_EQ(config.memory_bytes, 100U * 1024 * 1024);
  EXPECT_EQ(config.scratch_bytes, 3U * 1024 * 1024);
  EXPECT_EQ(config.output_bytes, 5U * 1024);
  EXPECT_EQ(config.max_body_bytes, 7U * 1024);
}

}  // namespace
}  // namespace playground::app

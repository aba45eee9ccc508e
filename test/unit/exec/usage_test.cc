#include "exec/usage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace playground::exec {
namespace {

// pid (name) state and fields 4 to 24, of which 20 are threads and 24 resident pages.
std::string stat_line(const std::string& name) {
  return "77 (" + name +
         ") S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 100 200000 321 18446744073709551615";
}

TEST(Usage, ReadsThreadsAndResidentMemory) {
  auto usage = parse_stat(stat_line("python3"), 4096);
  ASSERT_TRUE(usage.has_value());
  EXPECT_EQ(usage->threads, 9u);
  EXPECT_EQ(usage->resident_kb, 321u * 4);
  EXPECT_FALSE(usage->runnable);
}

TEST(Usage, AProgramsNameCantDeceive) {
  auto usage = parse_stat(stat_line(") S 1 1) 5 (x"), 4096);
  ASSERT_TRUE(usage.has_value());
  EXPECT_EQ(usage->threads, 9u);
}

TEST(Usage, RefusesWhatIsCutOff) {
  EXPECT_FALSE(parse_stat("", 4096).has_value());
  EXPECT_FALSE(parse_stat("77 (x) S 1 1 1", 4096).has_value());
}

TEST(Usage, ReadsThisProcess) {
  auto usage = UsageReader(::getpid()).read();
  ASSERT_TRUE(usage.has_value());
  EXPECT_TRUE(usage->runnable);
  EXPECT_GE(usage->threads, 1u);
  EXPECT_GT(usage->resident_kb, 0u);
  EXPECT_GT(usage->cpu.count(), 0);
}

}  // namespace
}  // namespace playground::exec

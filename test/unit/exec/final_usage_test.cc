#include "exec/final_usage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace playground::exec {
namespace {

std::string status_of(const std::string& name) {
  return "Name:\t" + name +
         "\nUmask:\t0022\nVmPeak:\t   9000 kB\nVmHWM:\t    7128 kB\nVmRSS:\t 1 kB\n";
}

TEST(FinalUsage, ReadsThePeakOfOneThatSaysItIsOver) {
  EXPECT_EQ(parse_peak(status_of("over"), "over"), 7128u);
}

TEST(FinalUsage, AnotherNameIsNoEnd) {
  for (const char* name : {"overt", "ove", "", "x\\nName:\tover"}) {
    EXPECT_EQ(parse_peak(status_of(name), "over"), std::nullopt) << name;
  }
}

TEST(FinalUsage, APeakThatTheNameClaimsIsNotBelieved) {
  EXPECT_EQ(parse_peak(status_of("VmHWM: 1 kB"), "VmHWM: 1 kB"), 7128u);
}

// As the kernel writes it of one whose memory is gone.
TEST(FinalUsage, OneThatIsGoneHasNone) {
  EXPECT_EQ(parse_peak("Name:\tover\nState:\tZ (zombie)\n", "over"), std::nullopt);
  EXPECT_EQ(parse_peak("", "over"), std::nullopt);
}

TEST(FinalUsage, ARunningProcessHasNotSaidSo) {
  EXPECT_FALSE(FinalUsageReader(::getpid()).read().has_value());
}

}  // namespace
}  // namespace playground::exec

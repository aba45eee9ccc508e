#include "exec/watch.h"

#include <gtest/gtest.h>

namespace playground::exec {
namespace {

constexpr std::size_t kMb = std::size_t{1} << 20;

RunLimits limits(std::size_t bytes) {
  RunLimits limits;
  limits.scratch_bytes = bytes;
  limits.scratch_entries = 10'000;
  return limits;
}

TEST(ScratchPause, IsLongWhileThereIsRoom) {
  EXPECT_EQ(scratch_pause({.bytes = 0, .entries = 1}, limits(64 * kMb)), milliseconds{19});
  EXPECT_EQ(scratch_pause({.bytes = 0, .entries = 0}, limits(1024 * kMb)), milliseconds{20});
}

TEST(ScratchPause, IsShorterTheFullerTheFolderIs) {
  EXPECT_EQ(scratch_pause({.bytes = 44 * kMb, .entries = 1}, limits(64 * kMb)), milliseconds{10});
  EXPECT_EQ(scratch_pause({.bytes = 0, .entries = 6'000}, limits(64 * kMb)), milliseconds{8});
}

TEST(ScratchPause, IsNeverShorterThanTheWatchLooks) {
  EXPECT_EQ(scratch_pause({.bytes = 64 * kMb, .entries = 1}, limits(64 * kMb)), milliseconds{5});
  EXPECT_EQ(scratch_pause({.bytes = 80 * kMb, .entries = 1}, limits(64 * kMb)), milliseconds{5});
  EXPECT_EQ(scratch_pause({.bytes = 0, .entries = 20'000}, limits(64 * kMb)), milliseconds{5});
}

}  // namespace
}  // namespace playground::exec

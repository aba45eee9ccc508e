#include "upstream/round_robin.h"

#include <gtest/gtest.h>

#include <vector>

namespace playground::upstream {
namespace {

TEST(RoundRobin, TakesEachInTurn) {
  RoundRobin rotation(3);
  std::vector<std::size_t> taken;
  for (int i = 0; i < 7; ++i) taken.push_back(rotation.get());
  EXPECT_EQ(taken, (std::vector<std::size_t>{0, 1, 2, 0, 1, 2, 0}));
}

TEST(RoundRobin, OneIsAlwaysTheSame) {
  RoundRobin rotation(1);
  EXPECT_EQ(rotation.get(), 0u);
  EXPECT_EQ(rotation.get(), 0u);
}

TEST(RoundRobinDeathTest, NoneIsABrokenInvariant) {
  RoundRobin rotation(0);
  EXPECT_DEATH(rotation.get(), "broken invariant");
}

}  // namespace
}  // namespace playground::upstream

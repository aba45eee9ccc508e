#include "upstream/rotation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace playground::upstream {
namespace {

// The next turns, as letters: A is backend 0. `out` names those that are left out.
std::string turns(Rotation& rotation, std::size_t backends, int count,
                  const std::string& out = "") {
  std::vector<double> shares(backends, 1);
  for (char name : out) shares[static_cast<std::size_t>(name - 'A')] = 0;
  std::string taken;
  for (int i = 0; i < count; ++i) {
    auto index = rotation.next(shares);
    taken += index ? static_cast<char>('A' + *index) : '-';
  }
  return taken;
}

std::string counted(const std::string& taken, std::size_t backends) {
  std::string counts;
  for (std::size_t i = 0; i < backends; ++i) {
    auto name = static_cast<char>('A' + i);
    counts += name + std::to_string(std::count(taken.begin(), taken.end(), name));
  }
  return counts;
}

TEST(Rotation, AlternatesStrictlyBetweenEqualWeights) {
  Rotation two({1, 1});
  EXPECT_EQ(turns(two, 2, 8), "ABABABAB");
  Rotation three({5, 5, 5});
  EXPECT_EQ(turns(three, 3, 9), "ABCABCABC");
}

TEST(Rotation, OneIsAlwaysTheSame) {
  Rotation rotation({7});
  EXPECT_EQ(turns(rotation, 1, 3), "AAA");
}

TEST(Rotation, StaysStrictForVeryLong) {
  Rotation rotation({1, 1});
  std::vector<double> shares{1, 1};
  std::size_t expected = 0;
  for (int i = 0; i < 1'000'000; ++i, expected ^= 1)
    ASSERT_EQ(rotation.next(shares), expected) << i;
}

TEST(Rotation, FollowsWeightsWithoutBunching) {
  Rotation rotation({3, 1});
  EXPECT_EQ(turns(rotation, 2, 8), "ABAAABAA");
  Rotation wide({5, 1, 1});
  EXPECT_EQ(counted(turns(wide, 3, 7), 3), "A5B1C1");
  EXPECT_EQ(counted(turns(wide, 3, 700), 3), "A500B100C100");
}

TEST(Rotation, KeepsToEveryWeightThereIs) {
  for (unsigned weight = 1; weight <= Rotation::kMaxWeight; ++weight) {
    Rotation rotation({weight, 1});
    std::string taken = turns(rotation, 2, static_cast<int>(weight + 1) * 100);
    auto light = std::count(taken.begin(), taken.end(), 'B');
    EXPECT_NEAR(static_cast<double>(light), 100, 1) << weight;
  }
}

TEST(Rotation, LeavingOneOutKeepsTheOthersInTurn) {
  Rotation rotation({1, 1, 1});
  EXPECT_EQ(turns(rotation, 3, 4), "ABCA");
  EXPECT_EQ(turns(rotation, 3, 6, "B"), "CACACA");
  Rotation weighted({2, 1, 1});
  EXPECT_EQ(counted(turns(weighted, 3, 300, "C"), 3), "A200B100C0");
}

TEST(Rotation, OneThatComesBackMakesUpForNothing) {
  Rotation rotation({1, 1});
  EXPECT_EQ(turns(rotation, 2, 101, "A"), std::string(101, 'B'));
  EXPECT_EQ(turns(rotation, 2, 6), "ABABAB");
}

TEST(Rotation, NobodyIsTakenTwiceInARowAroundAReturn) {
  for (int before = 0; before < 6; ++before) {
    for (int without = 1; without < 7; ++without) {
      Rotation rotation({1, 1, 1});
      turns(rotation, 3, before);
      std::string taken = turns(rotation, 3, without, "B");
      taken += turns(rotation, 3, 9);
      for (std::size_t i = 1; i < taken.size(); ++i) EXPECT_NE(taken[i], taken[i - 1]) << taken;
    }
  }
}

// What a retry does: the turn goes on to another, who is charged for it.
TEST(Rotation, TurnsThatAreGivenOnAreSharedByTheOthers) {
  Rotation rotation({1, 1, 1});
  std::string served;
  for (int i = 0; i < 300; ++i) {
    std::string turn = turns(rotation, 3, 1);
    served += turn == "A" ? turns(rotation, 3, 1, "A") : turn;
  }
  EXPECT_EQ(counted(served, 3), "A0B150C150");
}

TEST(Rotation, AShareScalesTheWeight) {
  Rotation rotation({1, 1});
  std::array<double, 2> shares{1, 0.25};
  std::array<int, 2> taken{};
  for (int i = 0; i < 500; ++i) ++taken[*rotation.next(shares)];
  EXPECT_NEAR(taken[1], 100, 1);
}

TEST(Rotation, ATinyShareDoesNotKeepItOutOnceItIsWhole) {
  Rotation rotation({1, 1});
  std::array<double, 2> tiny{1, 1e-9};
  while (*rotation.next(tiny) != 1) {
  }
  std::string taken = turns(rotation, 2, 300);
  EXPECT_GE(std::count(taken.begin(), taken.end(), 'B'), 90);
}

TEST(Rotation, AllLeftOutIsNobody) {
  Rotation rotation({1, 1});
  EXPECT_EQ(turns(rotation, 2, 2, "AB"), "--");
  EXPECT_EQ(turns(rotation, 2, 2), "AB");
}

// What the loops of one process do.
std::vector<std::uint64_t> taken_by_threads(Rotation& rotation, std::size_t backends, int threads,
                                            int turns_of_each) {
  std::vector<std::vector<std::uint64_t>> taken(static_cast<std::size_t>(threads),
                                                std::vector<std::uint64_t>(backends));
  std::vector<std::thread> running;
  for (auto& counts : taken) {
    running.emplace_back([&rotation, &counts, backends, turns_of_each] {
      std::vector<double> shares(backends, 1);
      for (int i = 0; i < turns_of_each; ++i) ++counts[*rotation.next(shares)];
    });
  }
  for (std::thread& thread : running) thread.join();
  std::vector<std::uint64_t> sums(backends);
  for (const auto& counts : taken) {
    for (std::size_t i = 0; i < backends; ++i) sums[i] += counts[i];
  }
  return sums;
}

TEST(Rotation, ThreadsTogetherTakeExactlyEqualShares) {
  Rotation two({1, 1});
  EXPECT_EQ(taken_by_threads(two, 2, 4, 50'000), (std::vector<std::uint64_t>{100'000, 100'000}));
  EXPECT_EQ(turns(two, 2, 4), "ABAB");
  Rotation odd({1, 1});
  EXPECT_EQ(taken_by_threads(odd, 2, 3, 33'333), (std::vector<std::uint64_t>{50'000, 49'999}));
  EXPECT_EQ(turns(odd, 2, 1), "B");
}

TEST(Rotation, ThreadsTogetherFollowWeightsExactly) {
  Rotation rotation({3, 1, 4});
  EXPECT_EQ(taken_by_threads(rotation, 3, 4, 20'000),
            (std::vector<std::uint64_t>{30'000, 10'000, 40'000}));
}

TEST(RotationDeathTest, NoneIsABrokenInvariant) {
  EXPECT_DEATH(Rotation({}), "broken invariant");
}

TEST(RotationDeathTest, WeightsAreWithinTheirRange) {
  EXPECT_DEATH(Rotation({0}), "broken invariant");
  EXPECT_DEATH(Rotation({Rotation::kMaxWeight + 1}), "broken invariant");
}

}  // namespace
}  // namespace playground::upstream

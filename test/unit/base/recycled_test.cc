#include "base/recycled.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace playground {
namespace {

constexpr bool kKeeps = FreePieces<int>::kMost > 0;

// Types of their own, for what one test leaves is there for the next.
template <int Test>
struct Thing final : Recycled<Thing<Test>> {
  std::uint64_t content[4] = {1, 2, 3, 4};
};

TEST(Recycled, TheNextObjectLiesWhereTheLastOneWas) {
  if (!kKeeps) GTEST_SKIP() << "nothing is kept under sanitizers";
  auto first = std::make_unique<Thing<0>>();
  auto* place = first.get();
  first->content[0] = 7;
  first.reset();
  auto second = std::make_unique<Thing<0>>();
  EXPECT_EQ(second.get(), place);
  EXPECT_EQ(second->content[0], 1u);
}

TEST(Recycled, ObjectsThatLiveAtOnceLieApart) {
  std::vector<std::unique_ptr<Thing<1>>> things;
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t i = 0; i < 1000; ++i) {
      things.push_back(std::make_unique<Thing<1>>());
      things.back()->content[3] = i;
    }
    for (std::uint64_t i = 0; i < 1000; ++i) EXPECT_EQ(things[i]->content[3], i);
    things.clear();
  }
}

TEST(Recycled, NoMoreIsKeptThanTheMost) {
  if (!kKeeps) GTEST_SKIP() << "nothing is kept under sanitizers";
  using Pieces = FreePieces<Thing<2>>;
  std::vector<void*> given;
  for (std::size_t i = 0; i < Pieces::kMost + 1; ++i) given.push_back(Pieces::take());
  for (void* piece : given) Pieces::give(piece);
  // The one that was given last came when enough were there.
  std::vector<void*> taken;
  for (std::size_t i = 0; i < Pieces::kMost; ++i) taken.push_back(Pieces::take());
  given.pop_back();
  std::sort(given.begin(), given.end());
  std::sort(taken.begin(), taken.end());
  EXPECT_EQ(taken, given);
  for (void* piece : taken) Pieces::give(piece);
}

// Nothing is left when a thread has ended, as the leak checker sees it.
TEST(Recycled, WhatAnotherThreadHasMadeIsFreed) {
  std::unique_ptr<Thing<3>> thing;
  std::thread([&] {
    thing = std::make_unique<Thing<3>>();
    std::make_unique<Thing<3>>().reset();
  }).join();
  EXPECT_EQ(thing->content[2], 3u);
  auto* place = thing.get();
  thing.reset();
  auto next = std::make_unique<Thing<3>>();
  EXPECT_TRUE(next.get() == place || !kKeeps);
}

TEST(RecyclingAllocator, NodesAreUsedAgain) {
  if (!kKeeps) GTEST_SKIP() << "nothing is kept under sanitizers";
  RecycledMap<int, Thing<4>> map;
  const auto* place = &map[1];
  map.erase(1);
  EXPECT_EQ(&map[2], place);
}

TEST(RecyclingAllocator, ContainersMoveNodesAmongEachOther) {
  RecycledList<int> first{1, 2, 3};
  RecycledList<int> second{4};
  second.splice(second.begin(), first);
  EXPECT_EQ(second, (RecycledList<int>{1, 2, 3, 4}));
  RecycledHashMap<int, std::string> names;
  for (int i = 0; i < 1000; ++i) names[i] = std::to_string(i);
  auto node = names.extract(500);
  EXPECT_EQ(node.mapped(), "500");
  EXPECT_EQ(names.size(), 999u);
  EXPECT_EQ(names.at(999), "999");
}

// A size of its own: blocks are shared by all that have the same.
using Short = RecycledText<72>;

TEST(RecyclingAllocator, AreUsedAgainWhateverIsInThem) {
  if (!kKeeps) GTEST_SKIP() << "nothing is kept under sanitizers";
  const void* place = Short(40, 'x').data();
  std::vector<int, RecyclingAllocator<int, 72>> numbers(18, 7);
  EXPECT_EQ(numbers.data(), place);
}

TEST(RecyclingAllocator, WhatDoesNotFitLiesElsewhere) {
  Short text;
  for (int i = 0; i < 1000; ++i) text.push_back(static_cast<char>('a' + i % 26));
  Short copy = text;
  Short moved = std::move(text);
  EXPECT_EQ(copy, moved);
  EXPECT_EQ(moved.size(), 1000u);
  EXPECT_EQ(moved[999], 'a' + 999 % 26);
  moved = Short("short again, but too long to lie in the text itself");
  EXPECT_EQ(moved.size(), 51u);
}

}  // namespace
}  // namespace playground

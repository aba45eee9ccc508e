#include "exec/fair_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace playground::exec {
namespace {

using ::testing::ElementsAre;

std::vector<std::uint64_t> drain(FairQueue& queue) {
  std::vector<std::uint64_t> order;
  while (!queue.empty()) order.push_back(queue.pop());
  return order;
}

TEST(FairQueue, OneCallerIsServedFirstComeFirstServed) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2, 3}) queue.push(id, "a");
  EXPECT_EQ(queue.size(), 3U);
  EXPECT_EQ(queue.callers(), 1U);
  EXPECT_THAT(drain(queue), ElementsAre(1, 2, 3));
  EXPECT_EQ(queue.callers(), 0U);
}

TEST(FairQueue, CallersTakeTurns) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2, 3, 4}) queue.push(id, "a");
  for (std::uint64_t id : {5, 6}) queue.push(id, "b");
  queue.push(7, "c");
  EXPECT_THAT(drain(queue), ElementsAre(1, 5, 7, 2, 6, 3, 4));
}

TEST(FairQueue, OneProgramBehindAThousandOfAnotherIsNextButOne) {
  FairQueue queue;
  for (std::uint64_t id = 1; id <= 1000; ++id) queue.push(id, "greedy");
  queue.push(1001, "modest");
  EXPECT_EQ(queue.pop(), 1U);
  EXPECT_EQ(queue.pop(), 1001U);
  EXPECT_EQ(queue.pop(), 2U);
}

TEST(FairQueue, ACallerThatComesBackIsTheLastInTheRound) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2}) queue.push(id, "a");
  for (std::uint64_t id : {3, 4}) queue.push(id, "b");
  queue.push(5, "c");
  EXPECT_EQ(queue.pop(), 1U);
  EXPECT_EQ(queue.pop(), 3U);
  EXPECT_EQ(queue.pop(), 5U);  // all that c had
  queue.push(6, "c");
  EXPECT_THAT(drain(queue), ElementsAre(2, 4, 6));
}

TEST(FairQueue, WhatCouldNotUseItsTurnHasTheNextOne) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2, 3}) queue.push(id, "a");
  queue.push(4, "b");
  EXPECT_EQ(queue.pop(), 1U);
  queue.push_front(1, "a");
  EXPECT_THAT(drain(queue), ElementsAre(1, 4, 2, 3));
}

TEST(FairQueue, WhatCouldNotUseItsTurnComesBackWithoutACallerInTheQueue) {
  FairQueue queue;
  queue.push(1, "a");
  queue.push(2, "b");
  EXPECT_EQ(queue.pop(), 1U);
  queue.push_front(1, "a");
  EXPECT_THAT(drain(queue), ElementsAre(1, 2));
}

TEST(FairQueue, TheOldestIsKnownWhoeverItBelongsTo) {
  FairQueue queue;
  queue.push(1, "a");
  queue.push(2, "b");
  queue.push(3, "a");
  EXPECT_EQ(queue.oldest(), 1U);
  EXPECT_EQ(queue.pop(), 1U);
  EXPECT_EQ(queue.oldest(), 2U);
  queue.push_front(1, "a");
  EXPECT_EQ(queue.oldest(), 1U);
}

TEST(FairQueue, WhatIsRemovedLeavesTheOthersInTheirOrder) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2, 3}) queue.push(id, "a");
  queue.push(4, "b");
  EXPECT_TRUE(queue.remove(2));
  EXPECT_FALSE(queue.remove(2));
  EXPECT_TRUE(queue.remove(4));
  EXPECT_EQ(queue.callers(), 1U);
  EXPECT_THAT(drain(queue), ElementsAre(1, 3));
}

TEST(FairQueue, ANewcomerDisplacesTheLastOfTheGreediest) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2}) queue.push(id, "a");
  for (std::uint64_t id : {3, 4, 5}) queue.push(id, "b");
  EXPECT_EQ(queue.displace_for("c"), 5U);
  queue.push(6, "c");
  EXPECT_THAT(drain(queue), ElementsAre(1, 3, 6, 2, 4));
}

TEST(FairQueue, NobodyIsDisplacedForWhoWouldHaveMoreThen) {
  FairQueue queue;
  EXPECT_EQ(queue.displace_for("a"), std::nullopt);
  for (std::uint64_t id : {1, 2}) queue.push(id, "a");
  queue.push(3, "b");
  EXPECT_EQ(queue.displace_for("a"), std::nullopt);  // the greediest itself
  EXPECT_EQ(queue.displace_for("b"), std::nullopt);  // it would have two, a one
  EXPECT_EQ(queue.displace_for("c"), 2U);
  EXPECT_EQ(queue.displace_for("c"), std::nullopt);  // all have one
}

// Against a plain reimplementation that looks at everything each time.
TEST(FairQueue, AgreesWithASimpleModelAfterManySteps) {
  struct Model {
    std::vector<std::pair<std::string, std::vector<std::uint64_t>>> turns;
    std::vector<std::uint64_t>& of(const std::string& caller) {
      for (auto& [name, ids] : turns) {
        if (name == caller) return ids;
      }
      return turns.emplace_back(caller, std::vector<std::uint64_t>{}).second;
    }
    std::uint64_t pop() {
      auto first = turns.front();
      turns.erase(turns.begin());
      std::uint64_t id = first.second.front();
      first.second.erase(first.second.begin());
      if (!first.second.empty()) turns.push_back(first);
      return id;
    }
    void remove(std::uint64_t id) {
      for (auto& [name, ids] : turns) std::erase(ids, id);
      std::erase_if(turns, [](const auto& line) { return line.second.empty(); });
    }
  };
  FairQueue queue;
  Model model;
  std::mt19937 random(1);
  std::uint64_t next = 1;
  for (int step = 0; step < 20'000; ++step) {
    unsigned kind = random() % 8;
    if (kind < 4) {
      std::string caller(1, static_cast<char>('a' + random() % 5));
      queue.push(next, caller);
      model.of(caller).push_back(next++);
    } else if (kind < 7 && !queue.empty()) {
      ASSERT_EQ(queue.pop(), model.pop());
    } else if (next > 1) {
      std::uint64_t id = 1 + random() % (next - 1);
      queue.remove(id);
      model.remove(id);
    }
    ASSERT_EQ(queue.callers(), model.turns.size());
  }
  while (!queue.empty()) ASSERT_EQ(queue.pop(), model.pop());
}

TEST(FairQueue, ClearedItIsAsNew) {
  FairQueue queue;
  for (std::uint64_t id : {1, 2}) queue.push(id, "a");
  queue.clear();
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.displace_for("b"), std::nullopt);
  queue.push(3, "a");
  EXPECT_THAT(drain(queue), ElementsAre(3));
}

bool any(std::size_t) {
  return true;
}

TEST(FairQueueLanes, TurnsAreOneOrderOverAllLanes) {
  FairQueue queue(2);
  for (std::uint64_t id : {1, 2, 3}) queue.push(id, "a", 0);
  for (std::uint64_t id : {4, 5}) queue.push(id, "b", 1);
  queue.push(6, "c", 1);
  std::vector<std::uint64_t> order;
  while (auto lane = queue.next_lane(any)) order.push_back(queue.pop(*lane));
  EXPECT_THAT(order, ElementsAre(1, 4, 6, 2, 5, 3));
}

TEST(FairQueueLanes, OneThatCannotMoveHoldsUpNoOther) {
  FairQueue queue(2);
  queue.push(1, "a", 0);
  queue.push(2, "a", 1);
  auto second = [](std::size_t lane) { return lane == 1; };
  ASSERT_EQ(queue.next_lane(second), 1U);
  EXPECT_EQ(queue.pop(1), 2U);
  EXPECT_EQ(queue.next_lane(second), std::nullopt);
  EXPECT_EQ(queue.next_lane(any), 0U);
}

TEST(FairQueueLanes, WhatCouldNotUseItsTurnComesBeforeThoseOfOtherLanes) {
  FairQueue queue(2);
  queue.push(1, "a", 0);
  queue.push(2, "b", 1);
  ASSERT_EQ(queue.pop(1), 2U);
  queue.push_front(2, "b", 1);
  EXPECT_EQ(queue.next_lane(any), 1U);
}

TEST(FairQueueLanes, AreCountedForThemselvesAndBoundedTogether) {
  FairQueue queue(2);
  for (std::uint64_t id : {1, 2, 3}) queue.push(id, "a", 0);
  queue.push(4, "a", 1);
  EXPECT_EQ(queue.size(), 4U);
  EXPECT_EQ(queue.size_of(0), 3U);
  EXPECT_EQ(queue.size_of(1), 1U);
  EXPECT_EQ(queue.oldest(), 1U);
  // The longest line gives way, whichever lane it is in.
  EXPECT_EQ(queue.displace_for("a", 1), 3U);
  EXPECT_EQ(queue.displace_for("a", 1), std::nullopt);
  EXPECT_TRUE(queue.remove(4));
  EXPECT_EQ(queue.size_of(1), 0U);
  queue.clear();
  EXPECT_EQ(queue.size_of(0), 0U);
  EXPECT_EQ(queue.next_lane(any), std::nullopt);
}

}  // namespace
}  // namespace playground::exec

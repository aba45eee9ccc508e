#include "exec/turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace playground::exec {
namespace {

using ::testing::ElementsAre;

using Moves = std::function<bool(std::size_t lane)>;

bool any(std::size_t) {
  return true;
}

std::vector<std::uint64_t> pop_all(Turns& turns, const Moves& moves = any) {
  std::vector<std::uint64_t> order;
  while (auto id = turns.pop(moves)) order.push_back(*id);
  return order;
}

TEST(Turns, ABatchGetsNoMoreThanItsShare) {
  Turns turns(2);
  for (std::uint64_t id : {1, 2, 3, 4}) turns.queue(true).push(id, "a");
  EXPECT_THAT(pop_all(turns), ElementsAre(1, 2));
  EXPECT_EQ(turns.batch_running(), 2U);
  EXPECT_EQ(turns.waiting(0), 0U);
  turns.on_batch_ended();
  EXPECT_EQ(turns.waiting(0), 1U);
  EXPECT_THAT(pop_all(turns), ElementsAre(3));
}

TEST(Turns, WhoWaitsForOneComesFirstButOneOfABatchAlwaysRuns) {
  Turns turns(2);
  for (std::uint64_t id : {1, 2, 3}) turns.queue(true).push(id, "a");
  for (std::uint64_t id : {4, 5}) turns.queue(false).push(id, "b");
  EXPECT_THAT(pop_all(turns), ElementsAre(1, 4, 5, 2));
  turns.on_batch_ended();
  turns.on_batch_ended();
  turns.queue(false).push(6, "b");
  EXPECT_THAT(pop_all(turns), ElementsAre(3, 6));
}

TEST(Turns, InASinglePlaceTheTwoKindsAlternate) {
  Turns turns(1);
  for (std::uint64_t id : {1, 2, 3}) turns.queue(true).push(id, "a");
  for (std::uint64_t id : {4, 5}) turns.queue(false).push(id, "b");
  std::vector<std::uint64_t> order;
  while (auto id = turns.pop(any)) {
    order.push_back(*id);
    if (turns.batch_running() == 1) turns.on_batch_ended();
  }
  EXPECT_THAT(order, ElementsAre(1, 4, 2, 5, 3));
}

TEST(Turns, CallersTakeTurnsWithTheirBatchesToo) {
  Turns turns(4);
  for (std::uint64_t id : {1, 2, 3}) turns.queue(true).push(id, "a");
  turns.queue(true).push(4, "b");
  EXPECT_THAT(pop_all(turns), ElementsAre(1, 4, 2, 3));
}

TEST(Turns, ALaneThatCannotMoveHoldsUpNeitherKindInOthers) {
  Turns turns(1, 2);
  turns.queue(true).push(1, "a", 0);
  turns.queue(false).push(2, "a", 0);
  turns.queue(true).push(3, "a", 1);
  turns.queue(false).push(4, "a", 1);
  turns.queue(true).push(5, "a", 1);
  auto second = [](std::size_t lane) { return lane == 1; };
  EXPECT_THAT(pop_all(turns, second), ElementsAre(3, 4));
  turns.on_batch_ended();
  // Nobody is passed over who could not have run.
  EXPECT_THAT(pop_all(turns, second), ElementsAre(5));
  turns.on_batch_ended();
  EXPECT_THAT(pop_all(turns), ElementsAre(1, 2));
}

TEST(Turns, AShareOfBatchesIsOverAllLanes) {
  Turns turns(2, 3);
  for (std::uint64_t id : {1, 2, 3}) turns.queue(true).push(id, "a", id - 1);
  EXPECT_THAT(pop_all(turns), ElementsAre(1, 2));
  turns.on_batch_ended();
  EXPECT_THAT(pop_all(turns), ElementsAre(3));
}

TEST(Turns, WhatIsRemovedHasNoTurn) {
  Turns turns(1);
  turns.queue(true).push(1, "a");
  turns.queue(false).push(2, "a");
  EXPECT_TRUE(turns.remove(1));
  EXPECT_TRUE(turns.remove(2));
  EXPECT_FALSE(turns.remove(2));
  EXPECT_FALSE(turns.pop(any));
  turns.queue(true).push(3, "a");
  turns.queue(false).push(4, "a");
  turns.clear();
  EXPECT_FALSE(turns.pop(any));
}

}  // namespace
}  // namespace playground::exec

#include "upstream/retry_budget.h"

#include <gtest/gtest.h>

#include "timeline.h"

namespace playground::upstream {
namespace {

// How many retries it grants at a moment.
int granted(RetryBudget& budget, TimePoint now) {
  int count = 0;
  while (budget.take(now)) ++count;
  return count;
}

void requests(RetryBudget& budget, int count, TimePoint now) {
  for (int i = 0; i < count; ++i) budget.on_request(now);
}

TEST(SlidingCount, CountsTheLastTenSeconds) {
  SlidingCount count;
  count.add(at(0));
  count.add(at(900));
  count.add(at(5000));
  EXPECT_EQ(count.sum(at(5000)), 3u);
  EXPECT_EQ(count.sum(at(9999)), 3u);
  EXPECT_EQ(count.sum(at(10'000)), 1u);
  EXPECT_EQ(count.sum(at(14'999)), 1u);
  EXPECT_EQ(count.sum(at(15'000)), 0u);
}

TEST(SlidingCount, ForgetsAllAfterALongPause) {
  SlidingCount count;
  for (int second = 0; second < 10; ++second) count.add(at(second * 1000));
  EXPECT_EQ(count.sum(at(9000)), 10u);
  EXPECT_EQ(count.sum(at(3'600'000)), 0u);
  count.add(at(3'600'000));
  EXPECT_EQ(count.sum(at(3'600'000)), 1u);
}

TEST(RetryBudget, IsThirtyTwoWithoutTraffic) {
  RetryBudget budget;
  EXPECT_EQ(granted(budget, at(0)), 32);
  EXPECT_EQ(granted(budget, at(0)), 0);
}

TEST(RetryBudget, IsAFifthOfTheRequests) {
  RetryBudget budget;
  requests(budget, 160, at(0));
  EXPECT_EQ(budget.allowed(at(0)), 32u);
  requests(budget, 840, at(0));
  EXPECT_EQ(granted(budget, at(0)), 200);
  requests(budget, 5, at(0));
  EXPECT_EQ(granted(budget, at(0)), 1);
}

TEST(RetryBudget, ComesBackAsItsRetriesGrowOld) {
  RetryBudget budget;
  EXPECT_EQ(granted(budget, at(0)), 32);
  EXPECT_EQ(granted(budget, at(9999)), 0);
  EXPECT_EQ(granted(budget, at(10'000)), 32);
}

TEST(RetryBudget, ShrinksAsItsRequestsGrowOld) {
  RetryBudget budget;
  requests(budget, 1000, at(0));
  requests(budget, 500, at(5000));
  EXPECT_EQ(budget.allowed(at(9000)), 300u);
  EXPECT_EQ(budget.allowed(at(10'000)), 100u);
  EXPECT_EQ(budget.allowed(at(15'000)), 32u);
}

}  // namespace
}  // namespace playground::upstream

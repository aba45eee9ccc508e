#include "exec/refill_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::exec {
namespace {

using ::testing::ElementsAre;

constexpr RefillSizes kSizes{8, 20, 4};

class RefillPolicyTest : public ::testing::Test {
 protected:
  RefillStep next(RefillView view) { return policy_.next(view, now_); }
  RefillStep next_after(milliseconds time, RefillView view) {
    now_ += time;
    return next(view);
  }

  RefillPolicy policy_{kSizes};
  TimePoint now_{milliseconds{1'000'000}};
};

TEST_F(RefillPolicyTest, WhatIsFullIsLeftAlone) {
  RefillStep step = next({.ready = 8, .running = 3});
  EXPECT_EQ(step.want, 0U);
  EXPECT_EQ(step.give_back, 0U);
  EXPECT_FALSE(step.again.has_value());
}

TEST_F(RefillPolicyTest, HalfOfThemGoneAreOrderedInOneGo) {
  for (std::size_t ready : {7, 6, 5}) {
    EXPECT_EQ(next({.ready = ready, .running = 1}).want, 0U) << ready;
  }
  EXPECT_EQ(next({.ready = 4, .running = 1}).want, 4U);
  // Once they come, the next few that are taken wait again; what is on the way stays so.
  EXPECT_EQ(next({.ready = 5, .on_the_way = 2, .running = 1}).want, 2U);
}

TEST_F(RefillPolicyTest, ThoseThatNobodyWaitsForAreInNoHurryWhileAProcessorIsFree) {
  EXPECT_TRUE(next({.ready = 4, .running = kSizes.processors - 1}).patient);
  EXPECT_FALSE(next({.ready = 4, .running = kSizes.processors}).patient);
  EXPECT_FALSE(next({.ready = 0, .running = 0, .demand = 1}).patient);
  EXPECT_FALSE(next({.ready = 4, .running = 0, .warm = false}).patient);
}

TEST_F(RefillPolicyTest, OneThatIsAloneIsReplacedAtOnce) {
  RefillPolicy alone({1, 1});
  EXPECT_EQ(alone.next({.ready = 0, .running = 1}, now_).want, 1U);
}

TEST_F(RefillPolicyTest, AtTheStartAllAreOrderedAtOnce) {
  EXPECT_EQ(next({.warm = false}).want, 8U);
  EXPECT_EQ(next({.ready = 7, .running = 1, .warm = false}).want, 1U);
}

TEST_F(RefillPolicyTest, ThePoolIsFilledWhenNothingHasRunForAMoment) {
  EXPECT_EQ(next({.ready = 7, .running = 1}).want, 0U);
  RefillStep ended = next_after(milliseconds{1}, {.ready = 7});
  EXPECT_EQ(ended.want, 0U);
  EXPECT_EQ(ended.again, RefillPolicy::kQuiet);
  EXPECT_EQ(next_after(RefillPolicy::kQuiet, {.ready = 7}).want, 1U);
}

TEST_F(RefillPolicyTest, TheMomentBeginsAnewWithEachProgram) {
  next({.ready = 7});
  next_after(milliseconds{1}, {.ready = 6, .running = 1});
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 6}).want, 0U);
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 6}).want, 0U);
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 6}).want, 2U);
}

TEST_F(RefillPolicyTest, ProgramsThatGoOnHoldItUpOnlyForSoLong) {
  RefillStep step = next({.ready = 7, .running = 1});
  EXPECT_EQ(step.again, RefillPolicy::kPatience);
  EXPECT_EQ(next_after(RefillPolicy::kPatience - milliseconds{1}, {.ready = 7, .running = 1}).want,
            0U);
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 7, .running = 1}).want, 1U);
}

TEST_F(RefillPolicyTest, ProgramsThatWaitHaveAWorkerEach) {
  EXPECT_EQ(next({.running = 8, .demand = 12}).want, 12U);
  EXPECT_EQ(next({.on_the_way = 12, .running = 8, .demand = 15}).want, 15U);
  EXPECT_EQ(next({.on_the_way = 15, .running = 8, .demand = 500}).want, 20U);
}

TEST_F(RefillPolicyTest, FewerThanAreKeptAnywayAreNoGrowth) {
  EXPECT_EQ(next({.running = 8, .demand = 3}).want, 8U);
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 8, .running = 3}).give_back, 0U);
}

TEST(RefillPolicyOfOne, KeepsAFewWhileProgramsHaveToWait) {
  RefillPolicy policy{{1, 20, 4}};
  TimePoint now{milliseconds{1'000'000}};
  EXPECT_EQ(policy.next({.running = 1, .demand = 1}, now).want, RefillPolicy::kFew);
  now += milliseconds{1};
  EXPECT_EQ(policy.next({.ready = RefillPolicy::kFew}, now).give_back, 0U);
  EXPECT_EQ(policy.next({.ready = 2, .running = 1}, now).want, RefillPolicy::kFew - 2);
  now += RefillPolicy::kHold;
  EXPECT_EQ(policy.next({.ready = RefillPolicy::kFew}, now).give_back, 1U);
}

TEST(RefillPolicyOfOne, KeepsOneWhereItMayNotGrow) {
  RefillPolicy policy{{1, 1, 4}};
  EXPECT_EQ(policy.next({.running = 1, .demand = 1}, TimePoint{}).want, 1U);
}

TEST_F(RefillPolicyTest, AGrownPoolIsKeptForTheNextBurst) {
  next({.demand = 12});
  RefillStep step = next_after(milliseconds{1}, {.ready = 12, .running = 1});
  EXPECT_EQ(step.give_back, 0U);
  EXPECT_EQ(step.again, RefillPolicy::kHold - milliseconds{1});
  EXPECT_EQ(next_after(milliseconds{1}, {.ready = 2, .running = 10}).want, 10U);
  EXPECT_EQ(next_after(RefillPolicy::kHold, {.ready = 12}).give_back, 1U);
}

TEST_F(RefillPolicyTest, DemandThatGoesOnKeepsItGrown) {
  next({.demand = 12});
  for (int i = 0; i < 10; ++i) next_after(RefillPolicy::kHold, {.on_the_way = 12, .demand = 1});
  EXPECT_EQ(next({.ready = 12}).give_back, 0U);
}

TEST_F(RefillPolicyTest, FewAreGivenBackAtATime) {
  EXPECT_EQ(next({.ready = 20}).give_back, 1U);
  RefillStep step = next_after(milliseconds{2}, {.ready = 19});
  EXPECT_EQ(step.give_back, 0U);
  EXPECT_EQ(step.again, RefillPolicy::kGiveBack - milliseconds{2});
  EXPECT_EQ(next_after(milliseconds{3}, {.ready = 19}).give_back, 1U);
}

TEST_F(RefillPolicyTest, AThousandAreGivenBackWithinASecond) {
  RefillPolicy large({1, 1024});
  large.next({.demand = 1024}, now_);
  TimePoint until = now_ + std::chrono::seconds{1};
  RefillView view{.ready = 1024};
  while (view.ready > 1 && now_ < until) {
    RefillStep step = large.next(view, now_);
    view.ready -= step.give_back;
    ASSERT_TRUE(step.again.has_value() || view.ready == 1);
    now_ += step.again.value_or(milliseconds{0}) + milliseconds{1};  // timers may be late
  }
  EXPECT_EQ(view.ready, 1U);
  EXPECT_LT(now_, until);
}

TEST_F(RefillPolicyTest, AnotherZygoteStartsWithTheUsualNumber) {
  next({.demand = 20});
  policy_.forget_growth();
  EXPECT_EQ(next({}).want, 8U);
}

std::vector<std::size_t> shares_of(std::size_t places, std::vector<std::size_t> waiting) {
  std::vector<std::size_t> shares(waiting.size(), 99);
  share_places(places, waiting, shares);
  return shares;
}

TEST(SharePlaces, EachHasAnEqualPartOfThem) {
  EXPECT_THAT(shares_of(6, {60, 60, 60}), ElementsAre(2, 2, 2));
  EXPECT_THAT(shares_of(7, {60, 60}), ElementsAre(4, 3));
  EXPECT_THAT(shares_of(1, {0, 60, 60}), ElementsAre(0, 1, 0));
}

TEST(SharePlaces, WhatOneCantUseGoesToTheOthers) {
  EXPECT_THAT(shares_of(10, {1, 60, 0}), ElementsAre(1, 9, 0));
  EXPECT_THAT(shares_of(100, {1, 60, 2}), ElementsAre(1, 60, 2));
  EXPECT_THAT(shares_of(0, {1, 2}), ElementsAre(0, 0));
  EXPECT_THAT(shares_of(5, {}), ElementsAre());
}

}  // namespace
}  // namespace playground::exec

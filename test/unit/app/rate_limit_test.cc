#include "app/rate_limit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace playground::app {
namespace {

using std::chrono::seconds;

const TimePoint kStart{seconds(1000)};

// How many of `count` requests at one moment are allowed.
int allowed(RateLimiter& limiter, const char* caller, TimePoint now, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += limiter.take(caller, now).allowed ? 1 : 0;
  return sum;
}

TEST(RateLimiter, ABurstIsAllowedAtOnceAndNoMore) {
  RateLimiter limiter({10, seconds(1), 5});
  EXPECT_EQ(allowed(limiter, "a", kStart, 20), 5);
}

TEST(RateLimiter, PermissionsComeBackOneByOne) {
  RateLimiter limiter({10, seconds(1), 5});
  EXPECT_EQ(allowed(limiter, "a", kStart, 5), 5);
  EXPECT_EQ(allowed(limiter, "a", kStart + milliseconds(99), 5), 0);
  EXPECT_EQ(allowed(limiter, "a", kStart + milliseconds(100), 5), 1);
  EXPECT_EQ(allowed(limiter, "a", kStart + milliseconds(300), 5), 2);
}

TEST(RateLimiter, AfterAPauseThereAreNoMoreThanTheBurst) {
  RateLimiter limiter({10, seconds(1), 5});
  EXPECT_EQ(allowed(limiter, "a", kStart, 5), 5);
  EXPECT_EQ(allowed(limiter, "a", kStart + seconds(100), 20), 5);
}

TEST(RateLimiter, InTheLongRunItIsTheRate) {
  RateLimiter limiter({600, seconds(60), 1});
  int sum = 0;
  for (int ms = 0; ms < 10'000; ++ms) sum += allowed(limiter, "a", kStart + milliseconds(ms), 3);
  EXPECT_EQ(sum, 100);
}

TEST(RateLimiter, CallersHaveBucketsOfTheirOwn) {
  RateLimiter limiter({1, seconds(1), 1});
  EXPECT_EQ(allowed(limiter, "a", kStart, 2), 1);
  EXPECT_EQ(allowed(limiter, "b", kStart, 2), 1);
}

TEST(RateLimiter, ARefusedRequestTakesNothing) {
  RateLimiter limiter({1, seconds(1), 1});
  EXPECT_EQ(allowed(limiter, "a", kStart, 100), 1);
  EXPECT_EQ(allowed(limiter, "a", kStart + seconds(1), 1), 1);
}

TEST(RateLimiter, TellsWhatTheCallerMayCountOn) {
  RateLimiter limiter({1, seconds(10), 3});
  auto first = limiter.take("a", kStart);
  EXPECT_TRUE(first.allowed);
  EXPECT_EQ(first.limit, 3U);
  EXPECT_EQ(first.remaining, 2U);
  EXPECT_EQ(first.reset, seconds(10));
  EXPECT_EQ(first.next, seconds(0));
  limiter.take("a", kStart);
  auto last = limiter.take("a", kStart);
  EXPECT_TRUE(last.allowed);
  EXPECT_EQ(last.remaining, 0U);
  EXPECT_EQ(last.reset, seconds(30));
  EXPECT_EQ(last.next, seconds(10));
  auto refused = limiter.take("a", kStart + milliseconds(500));
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0U);
  EXPECT_EQ(refused.next, seconds(10));  // 9.5, rounded up
  EXPECT_TRUE(limiter.take("a", kStart + milliseconds(500) + refused.next).allowed);
}

TEST(RateLimiter, SeveralProgramsAreAllowedTogetherOrNotAtAll) {
  RateLimiter limiter({1, seconds(1), 5});
  EXPECT_EQ(limiter.take("a", kStart, 3).remaining, 2U);
  auto refused = limiter.take("a", kStart, 4);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 2U);
  EXPECT_EQ(refused.next, seconds(2));
  EXPECT_TRUE(limiter.take("a", kStart + refused.next, 4).allowed);
  EXPECT_FALSE(limiter.take("b", kStart, 6).allowed);  // more than there ever are
  EXPECT_FALSE(limiter.take("b", kStart, UINT64_MAX).allowed);
  EXPECT_TRUE(limiter.take("b", kStart, 5).allowed);
}

// Threads read the clock before they wait for each other.
TEST(RateLimiter, AClockThatWasReadBeforeAnotherThreadsTakesNoMoreThanAll) {
  RateLimiter limiter({10, seconds(1), 5});
  EXPECT_EQ(allowed(limiter, "a", kStart, 5), 5);
  auto late = limiter.take("a", kStart - milliseconds(250));
  EXPECT_FALSE(late.allowed);
  EXPECT_EQ(late.remaining, 0U);
  EXPECT_EQ(late.reset, seconds(1));
  EXPECT_EQ(late.next, seconds(1));
}

TEST(RateLimiter, ForgetsWhoHasNotAskedForLongest) {
  RateLimiter limiter({1, seconds(3600), 1}, 3);
  for (const char* caller : {"a", "b", "c"}) EXPECT_TRUE(limiter.take(caller, kStart).allowed);
  EXPECT_FALSE(limiter.take("a", kStart).allowed);
  EXPECT_TRUE(limiter.take("d", kStart).allowed);  // b goes
  EXPECT_EQ(limiter.callers(), 3U);
  for (const char* caller : {"a", "c", "d"}) EXPECT_FALSE(limiter.take(caller, kStart).allowed);
  EXPECT_TRUE(limiter.take("b", kStart).allowed);
}

TEST(RateLimiter, MillionsOfCallersTakeBoundedMemory) {
  RateLimiter limiter({1, seconds(1), 1});
  for (int i = 0; i < 300'000; ++i) limiter.take(std::to_string(i), kStart);
  EXPECT_EQ(limiter.callers(), RateLimiter::kMaxCallers);
}

TEST(RateLimiter, ThreadsShareABucket) {
  RateLimiter limiter({1, seconds(3600), 1000});
  std::atomic<int> sum = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { sum += allowed(limiter, "a", kStart, 500); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sum, 1000);
}

}  // namespace
}  // namespace playground::app

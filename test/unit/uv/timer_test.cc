#include "uv/timer.h"

#include <vector>

#include "loop_test.h"

namespace playground::uv {
namespace {

class TimerTest : public LoopTest {};

TEST_F(TimerTest, FiresOnceAndNeverEarly) {
  int calls = 0;
  auto timer = Timer::create(loop_, [&] { ++calls; });
  EXPECT_FALSE(timer->active());
  auto started = Clock::now();
  timer->start(milliseconds(20));
  EXPECT_TRUE(timer->active());
  loop_.run();
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(timer->active());
  // libuv counts in whole milliseconds and may be ahead by one.
  EXPECT_GE(Clock::now() - started, milliseconds(19));
}

TEST_F(TimerTest, StartedEarlyMayComeAMillisecondEarlyAndNoMore) {
  int calls = 0;
  auto timer = Timer::create(loop_, [&] { ++calls; });
  auto started = Clock::now();
  timer->start_early(milliseconds(20));
  loop_.run();
  EXPECT_EQ(calls, 1);
  EXPECT_GE(Clock::now() - started, milliseconds(18));
}

TEST_F(TimerTest, RepeatsUntilStopped) {
  int calls = 0;
  Owned<Timer> timer;
  timer = Timer::create(loop_, [&] {
    if (++calls == 3) timer->stop();
  });
  timer->repeat(milliseconds(1));
  loop_.run();
  EXPECT_EQ(calls, 3);
}

TEST_F(TimerTest, StartedAnewForgetsWhatWasDue) {
  std::vector<int> order;
  auto first = Timer::create(loop_, [&] { order.push_back(1); });
  auto second = Timer::create(loop_, [&] { order.push_back(2); });
  first->start(milliseconds(1));
  second->start(milliseconds(2));
  first->start(milliseconds(3));
  loop_.run();
  EXPECT_EQ(order, (std::vector<int>{2, 1}));
}

TEST_F(TimerTest, MayBeDroppedByItsCallback) {
  int calls = 0;
  Owned<Timer> timer;
  timer = Timer::create(loop_, [&] {
    ++calls;
    timer.reset();
  });
  timer->repeat(milliseconds(1));
  loop_.run();
  EXPECT_EQ(calls, 1);
}

TEST_F(TimerTest, DroppedDoesNotFire) {
  int calls = 0;
  auto timer = Timer::create(loop_, [&] { ++calls; });
  timer->start(milliseconds(0));
  timer.reset();
  loop_.run();
  EXPECT_EQ(calls, 0);
}

TEST_F(TimerTest, ANegativeDelayIsNow) {
  int calls = 0;
  auto timer = Timer::create(loop_, [&] { ++calls; });
  timer->start(milliseconds(-5));
  loop_.run();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace playground::uv

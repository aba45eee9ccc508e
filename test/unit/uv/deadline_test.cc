#include "uv/deadline.h"

#include <optional>

#include "loop_test.h"

namespace playground::uv {
namespace {

class DeadlineTest : public LoopTest {};

TEST_F(DeadlineTest, ComesOnceAndNeverEarly) {
  int calls = 0;
  auto begun = Clock::now();
  Deadline deadline(loop_, [&] { ++calls; });
  deadline.set(milliseconds(20));
  loop_.run();
  EXPECT_EQ(calls, 1);
  EXPECT_GE(Clock::now() - begun, milliseconds(20));
}

TEST_F(DeadlineTest, MovedBackItComesAtTheLaterTime) {
  int calls = 0;
  auto begun = Clock::now();
  Deadline deadline(loop_, [&] { ++calls; });
  deadline.set(milliseconds(1));
  deadline.set(milliseconds(30));
  loop_.run();
  EXPECT_EQ(calls, 1);
  EXPECT_GE(Clock::now() - begun, milliseconds(30));
}

TEST_F(DeadlineTest, MovedForwardItDoesNotWaitForTheEarlierLimit) {
  bool over = false;
  Deadline deadline(loop_, [&] { over = true; });
  auto before_the_first = Timer::create(loop_, [&] {
    EXPECT_TRUE(over);
    loop_.stop();
  });
  deadline.set(milliseconds(3'600'000));
  deadline.set(milliseconds(1));
  before_the_first->start(milliseconds(1000));
  loop_.run();
}

TEST_F(DeadlineTest, ClearedItDoesNotCome) {
  int calls = 0;
  Deadline deadline(loop_, [&] { ++calls; });
  deadline.set(milliseconds(1));
  deadline.clear();
  loop_.run();
  EXPECT_EQ(calls, 0);
  deadline.set(milliseconds(1));
  loop_.run();
  EXPECT_EQ(calls, 1);
}

TEST_F(DeadlineTest, MayBeDroppedByItsCallback) {
  std::optional<Deadline> deadline;
  int calls = 0;
  deadline.emplace(loop_, [&] {
    ++calls;
    deadline.reset();
  });
  deadline->set(milliseconds(1));
  loop_.run();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace playground::uv

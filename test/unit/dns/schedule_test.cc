#include "dns/schedule.h"

#include <gtest/gtest.h>

namespace playground::dns {
namespace {

using std::chrono::seconds;

class ScheduleTest : public ::testing::Test {
 protected:
  seconds due_in(TimePoint now) const {
    return std::chrono::duration_cast<seconds>(schedule_.due() - now);
  }

  TimePoint start_ = TimePoint(seconds{1'000'000});
  Schedule schedule_{start_};
};

TEST_F(ScheduleTest, TheFirstLookUpIsDueAtOnce) {
  EXPECT_EQ(due_in(start_), seconds{0});
}

TEST_F(ScheduleTest, AnAnswerIsGoodForItsTtl) {
  schedule_.answered(start_, seconds{30});
  EXPECT_EQ(due_in(start_), seconds{30});
}

TEST_F(ScheduleTest, TtlsAreKeptWithinBounds) {
  schedule_.answered(start_, seconds{0});
  EXPECT_EQ(due_in(start_), Schedule::kLeastTtl);
  schedule_.answered(start_, seconds{86'400});
  EXPECT_EQ(due_in(start_), Schedule::kMostTtl);
}

TEST_F(ScheduleTest, FailuresWaitLongerAndLongerUpToABound) {
  std::vector<seconds> waits;
  for (int i = 0; i < 9; ++i) {
    schedule_.failed(start_);
    waits.push_back(due_in(start_));
  }
  using s = seconds;
  EXPECT_EQ(waits, (std::vector<s>{s{1}, s{1}, s{2}, s{4}, s{8}, s{16}, s{30}, s{30}, s{30}}));
}

TEST_F(ScheduleTest, AnAnswerForgetsTheFailuresBefore) {
  for (int i = 0; i < 9; ++i) schedule_.failed(start_);
  schedule_.answered(start_, seconds{60});
  schedule_.failed(start_);
  EXPECT_EQ(due_in(start_), seconds{1});
}

TEST_F(ScheduleTest, UrgedItIsDueAtOnceButNotSoonerThanASecondAfterTheLast) {
  schedule_.answered(start_, seconds{300});
  schedule_.urge(start_);
  EXPECT_EQ(due_in(start_), Schedule::kLeastInterval);
  schedule_.answered(start_, seconds{300});
  TimePoint later = start_ + seconds{20};
  schedule_.urge(later);
  EXPECT_EQ(due_in(later), seconds{0});
}

TEST_F(ScheduleTest, UrgingCutsTheWaitAfterFailuresShort) {
  for (int i = 0; i < 9; ++i) schedule_.failed(start_);
  TimePoint later = start_ + seconds{5};
  schedule_.urge(later);
  EXPECT_EQ(due_in(later), seconds{0});
}

TEST_F(ScheduleTest, UrgingNeverPutsOff) {
  schedule_.answered(start_, seconds{10});
  TimePoint overdue = start_ + seconds{12};
  schedule_.urge(overdue);
  EXPECT_EQ(due_in(start_), seconds{10});
}

}  // namespace
}  // namespace playground::dns

#include "upstream/ejection.h"

#include <gtest/gtest.h>

#include "timeline.h"

namespace playground::upstream {
namespace {

// A request that fails at once.
bool fails(Ejection& ejection, int ms) {
  return ejection.hit(at(ms), at(ms));
}

void succeeds(Ejection& ejection, int ms) {
  ejection.on_success(at(ms), at(ms));
}

TEST(Ejection, IsNotThereAtFirst) {
  Ejection ejection;
  EXPECT_FALSE(ejection.active(at(0)));
  EXPECT_EQ(ejection.until(), TimePoint{});
}

TEST(Ejection, LastsASecondAtFirst) {
  Ejection ejection;
  EXPECT_TRUE(fails(ejection, 0));
  EXPECT_TRUE(ejection.active(at(0)));
  EXPECT_TRUE(ejection.active(at(999)));
  EXPECT_FALSE(ejection.active(at(1000)));
}

TEST(Ejection, DoublesUpToHalfAMinute) {
  Ejection ejection;
  int now = 0;
  for (int seconds : {1, 2, 4, 8, 16, 30, 30, 30}) {
    ASSERT_TRUE(fails(ejection, now));
    ASSERT_EQ(ejection.until(), at(now + seconds * 1000));
    now += seconds * 1000;
  }
}

TEST(Ejection, TakesAllThatWereUnderWayForOneIncident) {
  Ejection ejection;
  EXPECT_TRUE(ejection.hit(at(0), at(100)));
  EXPECT_FALSE(ejection.hit(at(50), at(101)));
  EXPECT_FALSE(ejection.hit(at(500), at(600)));  // sent in panic
  EXPECT_FALSE(ejection.hit(at(99), at(5000)));  // a long one, from before
  EXPECT_EQ(ejection.until(), at(1100));
  EXPECT_TRUE(ejection.hit(at(1100), at(5000)));
  EXPECT_EQ(ejection.until(), at(7000));
}

TEST(Ejection, IsForgottenAfterTenSecondsOfSuccess) {
  Ejection ejection;
  fails(ejection, 0);
  fails(ejection, 1000);  // until 3000
  succeeds(ejection, 4000);
  succeeds(ejection, 9000);
  fails(ejection, 14'000);
  EXPECT_EQ(ejection.until(), at(15'000));
}

TEST(Ejection, IsNotForgottenSooner) {
  Ejection ejection;
  fails(ejection, 0);
  succeeds(ejection, 2000);
  fails(ejection, 11'999);
  EXPECT_EQ(ejection.until(), at(13'999));
}

TEST(Ejection, IsNotForgottenWithoutSuccess) {
  Ejection ejection;
  fails(ejection, 0);
  fails(ejection, 600'000);
  EXPECT_EQ(ejection.until(), at(602'000));
}

TEST(Ejection, AFailureBeginsTheTenSecondsAnew) {
  Ejection ejection;
  fails(ejection, 0);  // until 1000
  succeeds(ejection, 2000);
  fails(ejection, 8000);  // until 10000
  succeeds(ejection, 11'000);
  fails(ejection, 13'000);  // eleven seconds after the first success, two after the last failure
  EXPECT_EQ(ejection.until(), at(17'000));
}

TEST(Ejection, SuccessOfRequestsFromBeforeItDoesNotCount) {
  Ejection ejection;
  fails(ejection, 1000);
  ejection.on_success(at(500), at(3000));
  fails(ejection, 13'500);
  EXPECT_EQ(ejection.until(), at(15'500));
}

TEST(Ejection, ForgivenItEndsAndBeginsWithASecondAgain) {
  Ejection ejection;
  fails(ejection, 0);
  fails(ejection, 1000);
  ejection.forgive(at(1500));
  EXPECT_FALSE(ejection.active(at(1500)));
  EXPECT_EQ(ejection.until(), at(1500));
  fails(ejection, 1600);
  EXPECT_EQ(ejection.until(), at(2600));
}

TEST(Ejection, ForgivenLateItStillEndedWhenItDid) {
  Ejection ejection;
  fails(ejection, 0);
  ejection.forgive(at(9000));
  EXPECT_EQ(ejection.until(), at(1000));
}

}  // namespace
}  // namespace playground::upstream

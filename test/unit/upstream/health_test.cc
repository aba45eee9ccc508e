#include "upstream/health.h"

#include <gtest/gtest.h>

#include "timeline.h"

namespace playground::upstream {
namespace {

using State = Health::State;
using Blame = Health::Blame;

class HealthTest : public ::testing::Test {
 protected:
  // Checks every half second from `from` on; returns when the next is due.
  int checks(int from, int count, bool pass) {
    for (int i = 0; i < count; ++i, from += 500) {
      pass ? health_.on_check_passed(at(from)) : health_.on_check_failed("503");
    }
    return from;
  }
  bool fails(Blame blame, int ms) { return health_.on_failure(blame, "it broke", at(ms), at(ms)); }
  State state(int ms) const { return health_.state(at(ms)); }
  double share(int ms) const { return health_.share(at(ms)); }

  Health health_{milliseconds{0}};
};

TEST_F(HealthTest, GetsRequestsBeforeTheFirstCheck) {
  EXPECT_EQ(state(0), State::unchecked);
  EXPECT_FALSE(health_.checked());
  EXPECT_EQ(share(0), 1);
}

TEST_F(HealthTest, TheFirstCheckDecidesAtOnce) {
  EXPECT_TRUE(health_.on_check_passed(at(0)));
  EXPECT_EQ(state(0), State::up);
  EXPECT_TRUE(health_.checked());
  Health other(milliseconds{0});
  EXPECT_TRUE(other.on_check_failed("refused"));
  EXPECT_EQ(other.state(at(0)), State::down);
  EXPECT_EQ(other.why(at(0)), "refused");
  EXPECT_TRUE(other.checked());
}

TEST_F(HealthTest, FallsAfterThreeFailedChecksInARow) {
  int now = checks(0, 1, true);
  now = checks(now, 2, false);
  EXPECT_EQ(state(now), State::up);
  now = checks(now, 1, true);
  now = checks(now, 2, false);
  EXPECT_EQ(state(now), State::up);
  EXPECT_TRUE(health_.on_check_failed("503"));
  EXPECT_EQ(state(now), State::down);
  EXPECT_EQ(share(now), 0);
  EXPECT_EQ(health_.why(at(now)), "503");
  EXPECT_FALSE(health_.on_check_failed("503"));
}

TEST_F(HealthTest, RisesAfterTwoPassedChecksInARow) {
  int now = checks(0, 3, false);
  now = checks(now, 1, true);
  now = checks(now, 1, false);
  now = checks(now, 1, true);
  EXPECT_EQ(state(now), State::down);
  EXPECT_TRUE(health_.on_check_passed(at(now)));
  EXPECT_EQ(state(now), State::up);
  EXPECT_EQ(share(now), 1);
  EXPECT_EQ(health_.why(at(now)), "");
}

TEST_F(HealthTest, IsEjectedByOneFailureOfARealRequest) {
  for (Blame blame : {Blame::connect, Blame::reply}) {
    health_ = Health(milliseconds{0});
    int now = checks(0, 2, true);
    EXPECT_TRUE(fails(blame, now));
    EXPECT_EQ(state(now), State::ejected);
    EXPECT_EQ(share(now), 0);
    EXPECT_EQ(health_.why(at(now)), "it broke");
    EXPECT_EQ(state(now + 1000), State::up);
  }
}

TEST_F(HealthTest, NoBlameIsNoEjection) {
  EXPECT_FALSE(fails(Blame::none, 0));
  EXPECT_EQ(state(0), State::unchecked);
}

TEST_F(HealthTest, PassingChecksDoNotBringBackWhatFailsRealRequests) {
  int now = 0;
  for (int seconds : {1, 2, 4}) {
    fails(Blame::reply, now);
    checks(now, seconds * 2, true);
    EXPECT_EQ(state(now + seconds * 1000 - 1), State::ejected);
    now += seconds * 1000;
    EXPECT_EQ(state(now), State::up);
  }
}

TEST_F(HealthTest, TwoPassingChecksForgiveRefusedConnections) {
  fails(Blame::connect, 0);
  fails(Blame::connect, 1000);
  fails(Blame::connect, 3000);  // until 7000
  EXPECT_FALSE(health_.on_check_passed(at(3200)) && state(3200) != State::ejected);
  EXPECT_EQ(state(3200), State::ejected);
  EXPECT_TRUE(health_.on_check_passed(at(3700)));
  EXPECT_EQ(state(3700), State::up);
  fails(Blame::connect, 4000);  // begins with a second again
  EXPECT_EQ(state(4999), State::ejected);
  EXPECT_EQ(state(5000), State::up);
}

TEST_F(HealthTest, OnlyChecksAfterARefusedConnectionForgiveIt) {
  checks(0, 5, true);
  fails(Blame::connect, 2500);
  health_.on_check_passed(at(2600));
  EXPECT_EQ(state(2600), State::ejected);
  health_.on_check_passed(at(3100));
  EXPECT_EQ(state(3100), State::up);
}

TEST_F(HealthTest, ForgivingRefusedConnectionsDoesNotForgiveBrokenReplies) {
  fails(Blame::reply, 0);
  fails(Blame::reply, 1000);  // until 3000
  fails(Blame::connect, 3000);
  fails(Blame::reply, 3100);  // until 7100
  checks(3200, 2, true);
  EXPECT_EQ(state(7099), State::ejected);
  EXPECT_EQ(state(7100), State::up);
}

// It is killed in the middle of requests, stays away for a minute, and comes back.
TEST_F(HealthTest, ARestartEndsWithTheFullShareSoonAfterTheFirstPassingCheck) {
  int now = checks(0, 2, true);
  fails(Blame::reply, now);
  now = checks(now, 2, false);
  fails(Blame::connect, now);
  now = checks(now, 116, false);
  EXPECT_EQ(state(now), State::down);
  int first = now;
  now = checks(now, 2, true);
  EXPECT_EQ(share(now), 1);
  EXPECT_LE(now - first, 3000);
}

TEST_F(HealthTest, DownIsToldBeforeEjected) {
  fails(Blame::reply, 0);
  checks(0, 1, false);
  EXPECT_EQ(state(0), State::down);
  EXPECT_EQ(health_.why(at(0)), "503");
}

TEST(HealthSlowStart, GrowsFromATenthAfterAnOutage) {
  Health health(milliseconds{10'000});
  health.on_check_failed("503");
  health.on_check_passed(at(0));
  health.on_check_passed(at(500));
  EXPECT_DOUBLE_EQ(health.share(at(500)), 0.1);
  EXPECT_DOUBLE_EQ(health.share(at(1500)), 0.1);
  EXPECT_DOUBLE_EQ(health.share(at(5500)), 0.5);
  EXPECT_DOUBLE_EQ(health.share(at(10'500)), 1);
  EXPECT_DOUBLE_EQ(health.share(at(99'999)), 1);
}

TEST(HealthSlowStart, FollowsAnEjectionToo) {
  Health health(milliseconds{10'000});
  health.on_failure(Blame::reply, "it broke", at(0), at(0));
  EXPECT_EQ(health.share(at(999)), 0);
  EXPECT_DOUBLE_EQ(health.share(at(6000)), 0.5);
}

TEST(HealthSlowStart, DoesNotHoldBackTheFirstStart) {
  Health health(milliseconds{10'000});
  EXPECT_EQ(health.share(at(0)), 1);
  health.on_check_passed(at(0));
  EXPECT_EQ(health.share(at(0)), 1);
}

TEST(HealthStates, HaveNames) {
  EXPECT_EQ(to_string(State::unchecked), "unchecked");
  EXPECT_EQ(to_string(State::up), "up");
  EXPECT_EQ(to_string(State::down), "down");
  EXPECT_EQ(to_string(State::ejected), "ejected");
}

}  // namespace
}  // namespace playground::upstream

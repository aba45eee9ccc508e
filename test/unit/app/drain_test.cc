#include "app/drain.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

namespace playground::app {
namespace {

using S = DrainState;
using E = DrainEvent;

TEST(Drain, EveryPairOfStateAndEventIsDecided) {
  const std::map<std::pair<S, E>, S> moves{
      {{S::serving, E::terminate}, S::announcing},     {{S::serving, E::interrupt}, S::finishing},
      {{S::announcing, E::moment_over}, S::finishing}, {{S::announcing, E::terminate}, S::done},
      {{S::announcing, E::interrupt}, S::done},        {{S::finishing, E::idle}, S::done},
      {{S::finishing, E::time_over}, S::abandoning},   {{S::finishing, E::terminate}, S::done},
      {{S::finishing, E::interrupt}, S::done},         {{S::abandoning, E::idle}, S::done},
      {{S::abandoning, E::time_over}, S::done},        {{S::abandoning, E::terminate}, S::done},
      {{S::abandoning, E::interrupt}, S::done},
  };
  for (S state : {S::serving, S::announcing, S::finishing, S::abandoning, S::done}) {
    for (E event : {E::terminate, E::interrupt, E::moment_over, E::idle, E::time_over}) {
      auto move = moves.find({state, event});
      EXPECT_EQ(next(state, event), move == moves.end() ? state : move->second)
          << static_cast<int>(state) << " " << static_cast<int>(event);
    }
  }
}

TEST(Drain, OnlyAFurtherSignalForcesTheEnd) {
  EXPECT_FALSE(forced(S::serving, E::terminate));
  EXPECT_FALSE(forced(S::serving, E::interrupt));
  EXPECT_TRUE(forced(S::announcing, E::terminate));
  EXPECT_TRUE(forced(S::finishing, E::interrupt));
  EXPECT_FALSE(forced(S::finishing, E::time_over));
}

}  // namespace
}  // namespace playground::app

#include "exec/worker_state.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

namespace playground::exec {
namespace {

using S = WorkerState;
using E = WorkerEvent;

TEST(WorkerState, EveryPairOfStateAndEventIsDecided) {
  const std::map<std::pair<S, E>, S> allowed{
      {{S::warming, E::ready}, S::ready},       {{S::warming, E::exit}, S::ended},
      {{S::ready, E::lease}, S::running},       {{S::ready, E::exit}, S::ended},
      {{S::running, E::over_limit}, S::ending}, {{S::running, E::exit}, S::ended},
      {{S::running, E::finish}, S::finished},   {{S::ending, E::exit}, S::ended},
      {{S::finished, E::exit}, S::ended},
  };
  for (S state : {S::warming, S::ready, S::running, S::ending, S::finished, S::ended}) {
    for (E event : {E::ready, E::lease, E::over_limit, E::finish, E::exit}) {
      auto expected = allowed.find({state, event});
      auto following = next(state, event);
      if (expected == allowed.end()) {
        EXPECT_FALSE(following.has_value());
      } else {
        EXPECT_EQ(following, expected->second);
      }
    }
  }
}

}  // namespace
}  // namespace playground::exec

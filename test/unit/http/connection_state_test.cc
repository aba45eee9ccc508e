#include "http/connection_state.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

namespace playground::http {
namespace {

constexpr State kStates[] = {State::idle,     State::reading_head, State::reading_body,
                             State::handling, State::streaming,    State::blocked,
                             State::writing,  State::lingering,    State::closed};
constexpr Event kEvents[] = {
    Event::head_begun, Event::head_read, Event::request_read, Event::refused, Event::answered,
    Event::begun,      Event::blocked,   Event::unblocked,    Event::ended,   Event::dropped,
    Event::sent,       Event::sent_last, Event::sent_early,   Event::overdue, Event::client_gone,
    Event::drained,    Event::shut};

// The whole table; a pair that is not here can't happen.
const std::map<std::pair<State, Event>, State>& table() {
  static const std::map<std::pair<State, Event>, State> kTable = {
      {{State::idle, Event::head_begun}, State::reading_head},
      {{State::idle, Event::overdue}, State::closed},
      {{State::idle, Event::client_gone}, State::closed},
      {{State::idle, Event::shut}, State::closed},
      {{State::reading_head, Event::head_read}, State::reading_body},
      {{State::reading_head, Event::request_read}, State::handling},
      {{State::reading_head, Event::refused}, State::writing},
      {{State::reading_head, Event::overdue}, State::writing},
      {{State::reading_head, Event::client_gone}, State::closed},
      {{State::reading_body, Event::request_read}, State::handling},
      {{State::reading_body, Event::refused}, State::writing},
      {{State::reading_body, Event::overdue}, State::writing},
      {{State::reading_body, Event::client_gone}, State::closed},
      {{State::handling, Event::answered}, State::writing},
      {{State::handling, Event::begun}, State::streaming},
      {{State::handling, Event::client_gone}, State::closed},
      {{State::streaming, Event::blocked}, State::blocked},
      {{State::streaming, Event::ended}, State::writing},
      {{State::streaming, Event::dropped}, State::closed},
      {{State::streaming, Event::client_gone}, State::closed},
      {{State::blocked, Event::unblocked}, State::streaming},
      {{State::blocked, Event::ended}, State::writing},
      {{State::blocked, Event::dropped}, State::closed},
      {{State::blocked, Event::overdue}, State::closed},
      {{State::blocked, Event::client_gone}, State::closed},
      {{State::writing, Event::sent}, State::idle},
      {{State::writing, Event::sent_last}, State::closed},
      {{State::writing, Event::sent_early}, State::lingering},
      {{State::writing, Event::overdue}, State::closed},
      {{State::writing, Event::client_gone}, State::closed},
      {{State::lingering, Event::drained}, State::closed},
      {{State::lingering, Event::overdue}, State::closed},
      {{State::lingering, Event::client_gone}, State::closed},
  };
  return kTable;
}

TEST(ConnectionState, FollowsTheTable) {
  for (State state : kStates) {
    for (Event event : kEvents) {
      auto expected = table().find({state, event});
      auto actual = next(state, event);
      if (expected == table().end()) {
        EXPECT_EQ(actual, std::nullopt) << name(state) << ", event " << static_cast<int>(event);
      } else {
        EXPECT_EQ(actual, expected->second) << name(state) << ", event " << static_cast<int>(event);
      }
    }
  }
}

TEST(ConnectionState, AClientMayLeaveAtAnyTime) {
  for (State state : kStates) {
    if (state == State::closed) continue;
    EXPECT_EQ(next(state, Event::client_gone), State::closed) << name(state);
  }
}

TEST(ConnectionState, EveryStateHasADeadlineButThoseThatWaitForTheHandler) {
  for (State state : kStates) {
    bool bounded = next(state, Event::overdue).has_value();
    bool waits_for_handler = state == State::handling || state == State::streaming;
    EXPECT_EQ(bounded, !waits_for_handler && state != State::closed) << name(state);
  }
}

TEST(ConnectionState, NothingFollowsTheEnd) {
  for (Event event : kEvents) EXPECT_EQ(next(State::closed, event), std::nullopt);
}

TEST(ConnectionState, EveryStateIsReachedAndHasAName) {
  std::set<State> seen = {State::idle};
  for (const auto& [from, to] : table()) seen.insert(to);
  EXPECT_EQ(seen.size(), std::size(kStates));
  EXPECT_STREQ(name(State::idle), "idle");
  EXPECT_STREQ(name(State::closed), "closed");
}

}  // namespace
}  // namespace playground::http

#include "http/connection_state.h"

namespace playground::http {
namespace {

std::optional<State> from_idle(Event event) {
  switch (event) {
    case Event::head_begun:
      return State::reading_head;
    case Event::overdue:
    case Event::client_gone:
    case Event::shut:
      return State::closed;
    default:
      return std::nullopt;
  }
}

std::optional<State> from_reading_head(Event event) {
  switch (event) {
    case Event::head_read:
      return State::reading_body;
    case Event::request_read:
      return State::handling;
    case Event::refused:
    case Event::overdue:  // answered with 408
      return State::writing;
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

std::optional<State> from_reading_body(Event event) {
  switch (event) {
    case Event::request_read:
      return State::handling;
    case Event::refused:
    case Event::overdue:  // answered with 408
      return State::writing;
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

// No deadline here: how long a request may take is its handler's business.
std::optional<State> from_handling(Event event) {
  switch (event) {
    case Event::answered:
      return State::writing;
    case Event::begun:
      return State::streaming;
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

// Nor here: a program may be silent.
std::optional<State> from_streaming(Event event) {
  switch (event) {
    case Event::blocked:
      return State::blocked;
    case Event::ended:
      return State::writing;
    case Event::dropped:
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

std::optional<State> from_blocked(Event event) {
  switch (event) {
    case Event::unblocked:
      return State::streaming;
    case Event::ended:
      return State::writing;
    case Event::dropped:
    case Event::overdue:
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

std::optional<State> from_writing(Event event) {
  switch (event) {
    case Event::sent:
      return State::idle;
    case Event::sent_early:
      return State::lingering;
    case Event::sent_last:
    case Event::overdue:
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

std::optional<State> from_lingering(Event event) {
  switch (event) {
    case Event::drained:
    case Event::overdue:
    case Event::client_gone:
      return State::closed;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<State> next(State state, Event event) {
  switch (state) {
    case State::idle:
      return from_idle(event);
    case State::reading_head:
      return from_reading_head(event);
    case State::reading_body:
      return from_reading_body(event);
    case State::handling:
      return from_handling(event);
    case State::streaming:
      return from_streaming(event);
    case State::blocked:
      return from_blocked(event);
    case State::writing:
      return from_writing(event);
    case State::lingering:
      return from_lingering(event);
    case State::closed:
      return std::nullopt;
  }
  return std::nullopt;
}

const char* name(State state) {
  static constexpr const char* kNames[] = {"idle",     "reading_head", "reading_body",
                                           "handling", "streaming",    "blocked",
                                           "writing",  "lingering",    "closed"};
  return kNames[static_cast<int>(state)];
}

}  // namespace playground::http

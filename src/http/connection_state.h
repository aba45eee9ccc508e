// The states of a server's connection and the events that lead from one to the next. Pure.
#pragma once

#include <optional>

namespace playground::http {

enum class State {
  idle,
  reading_head,
  reading_body,
  handling,
  streaming,  // part of the reply has been sent; the rest is its writer's business
  blocked,    // the same, and the client has not taken all of that part
  writing,    // the end of the reply is on its way
  lingering,
  closed
};

enum class Event {
  head_begun,    // the first byte of a request
  head_read,     // a head whose body is still to come
  request_read,  // a whole request
  refused,       // no request that we take; a reply says why
  answered,      // the handler's reply
  begun,         // the beginning of a streamed one
  blocked,       // more of it has been written than the client takes at once
  unblocked,     // the client has taken that
  ended,         // the end of it has been written
  dropped,       // there will be no end of it
  sent,          // the reply has left, the connection goes on
  sent_last,     // the reply has left, and nothing more is expected from the client
  sent_early,    // the reply has left before everything was read that the client sends
  overdue,       // the state's deadline has passed
  client_gone,   // end of stream or reset
  drained,       // enough has been read away after an early reply
  shut           // the server ends a connection that is between requests
};

// nullopt for an event that can't happen in that state: meeting one is a broken invariant.
std::optional<State> next(State state, Event event);

const char* name(State state);

}  // namespace playground::http

// Outcome: what came of one attempt at one backend, and what follows from it. Pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "upstream/health.h"

namespace playground::upstream {

enum class Outcome {
  answered,      // any reply that is not one of the following
  server_error,  // a 5xx, which no program can cause: the backend's own failure
  full,          // a 503 that promises that nothing was started
  unauthorized,  // a 401: this ui's token is not one of the backend's
  connect,       // no connection, or no TLS on it: nothing was sent
  stale,         // a kept connection that the backend closed as the request was on its way
  broken,        // the connection ended before the first byte of a reply
  cut,           // … after it, or the reply came too slowly
  invalid,       // what came is not HTTP
  timeout,       // no reply in time, or nothing more of it
  cancelled,     // the client went away first
};
inline constexpr std::size_t kOutcomes = 11;

// "answered", "server_error", …
std::string_view to_string(Outcome outcome);

enum class Retry {
  never,
  free,      // nothing ran: all the others may be asked, one after the other, at no cost
  budgeted,  // it may have run, which is no harm once, within the budget; but never twice
};

struct Consequence {
  Health::Blame blame = Health::Blame::none;
  Retry retry = Retry::never;
};

Consequence consequence_of(Outcome outcome);

// It counts as a failure of the backend.
bool is_failure(Outcome outcome);

}  // namespace playground::upstream

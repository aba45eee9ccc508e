// Drain: how a server leaves without losing a request (DESIGN: "Drain"). Pure: the states and what
// moves it between them; server.cc does what each state demands.
//
//   serving ──terminate──▶ announcing ──moment_over──▶ finishing ──idle──▶ done
//      └─────interrupt──────────────────────────────────▲  └──time_over──▶ abandoning ──idle──▶
//      done
//   terminate or interrupt again, anywhere: done at once
#pragma once

namespace playground::app {

enum class DrainState {
  serving,
  announcing,  // /readyz is 503, replies say `Connection: close`, new connections are still
               // accepted
  finishing,   // listeners and idle connections are closed, requests run to their end
  abandoning,  // time is over: what still runs is ended and answered
  done,        // the process exits
};

enum class DrainEvent {
  terminate,  // SIGTERM
  interrupt,  // SIGINT: a person at a terminal, whom nobody has to be told to stop sending to
  moment_over,
  idle,       // no connection is left
  time_over,  // PLAYGROUND_DRAIN_MS
};

// Events that mean nothing in a state leave it as it is.
DrainState next(DrainState state, DrainEvent event);

// A signal that ends the process at once rather than in order.
bool forced(DrainState state, DrainEvent event);

}  // namespace playground::app

// The states of one worker and what moves it between them; pure, so that a test can go through all
// of it.
//
//   warming ──ready──▶ ready ──lease──▶ running ──over_limit──▶ ending
//      │                │                 ├─────finish──────▶ finished
//      └────────────────┴──────exit───────┴───────exit──────────┴──▶ ended
#pragma once

#include <optional>

namespace playground::exec {

enum class WorkerState {
  warming,   // forked, not yet heard of
  ready,     // waits for a program
  running,   // has been given one
  ending,    // was told to flush its streams; SIGKILL follows
  finished,  // the program is over, its process not yet
  ended,     // reaped
};

enum class WorkerEvent { ready, lease, over_limit, finish, exit };

// nullopt for an event that can't happen in that state.
std::optional<WorkerState> next(WorkerState state, WorkerEvent event);

}  // namespace playground::exec

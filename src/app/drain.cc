#include "app/drain.h"

namespace playground::app {

bool forced(DrainState state, DrainEvent event) {
  bool is_signal = event == DrainEvent::terminate || event == DrainEvent::interrupt;
  return is_signal && state != DrainState::serving;
}

DrainState next(DrainState state, DrainEvent event) {
  if (forced(state, event)) return DrainState::done;
  switch (state) {
    case DrainState::serving:
      if (event == DrainEvent::terminate) return DrainState::announcing;
      if (event == DrainEvent::interrupt) return DrainState::finishing;
      break;
    case DrainState::announcing:
      if (event == DrainEvent::moment_over) return DrainState::finishing;
      break;
    case DrainState::finishing:
      if (event == DrainEvent::idle) return DrainState::done;
      if (event == DrainEvent::time_over) return DrainState::abandoning;
      break;
    case DrainState::abandoning:
      if (event == DrainEvent::idle || event == DrainEvent::time_over) return DrainState::done;
      break;
    case DrainState::done:
      break;
  }
  return state;
}

}  // namespace playground::app

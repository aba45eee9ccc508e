#include "exec/worker_state.h"

namespace playground::exec {

std::optional<WorkerState> next(WorkerState state, WorkerEvent event) {
  if (event == WorkerEvent::exit && state != WorkerState::ended) return WorkerState::ended;
  switch (state) {
    case WorkerState::warming:
      if (event == WorkerEvent::ready) return WorkerState::ready;
      break;
    case WorkerState::ready:
      if (event == WorkerEvent::lease) return WorkerState::running;
      break;
    case WorkerState::running:
      if (event == WorkerEvent::over_limit) return WorkerState::ending;
      if (event == WorkerEvent::finish) return WorkerState::finished;
      break;
    case WorkerState::ending:
    case WorkerState::finished:
    case WorkerState::ended:
      break;
  }
  return std::nullopt;
}

}  // namespace playground::exec

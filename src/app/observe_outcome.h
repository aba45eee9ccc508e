// What the metrics of evaluations have of one program's outcome.
#pragma once

#include "app/metrics.h"
#include "exec/program.h"

namespace playground::app {

// `queued_ms`: how long it waited for an interpreter; `total_ms`: from the request to the reply.
inline void observe_outcome(Metrics& metrics, const exec::Outcome& outcome, double queued_ms,
                            double total_ms) {
  metrics.observe_evaluation(
      exec::to_string(outcome.status),
      {queued_ms / 1000, outcome.start_ms / 1000, outcome.duration_ms / 1000, total_ms / 1000});
}

}  // namespace playground::app

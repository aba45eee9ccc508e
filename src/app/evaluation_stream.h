// EvaluationStream: one client's program whose output goes to it as it is printed, as fast as the
// client takes it. Owned by the BackendRole, which it asks by `on_done` to be dropped; dropping it
// ends the program.
#pragma once

#include <functional>
#include <string>

#include "app/common_routes.h"
#include "app/metrics.h"
#include "app/output_lines.h"
#include "exec/runner.h"
#include "http/responder.h"
#include "http/stream.h"

namespace playground::app {

class EvaluationStream final : private exec::Runner::Reader {
 public:
  // `on_done` comes once, never from within start().
  EvaluationStream(const Answers& answers, Metrics& metrics, http::Responder responder,
                   std::function<void()> on_done);

  void start(exec::Runner& runner, exec::Program program);

 private:
  bool on_output(exec::StandardStream from, std::string bytes) override;
  void on_answer(exec::Runner::Answer answer, double queued_ms);
  void begin();
  void end(exec::Outcome outcome, double queued_ms);
  void break_off(exec::Refusal refusal);
  void done();

  const Answers& answers_;
  Metrics& metrics_;
  http::Responder responder_;
  std::function<void()> on_done_;
  exec::Runner::Ticket ticket_;
  http::Stream stream_;  // from the program's start on
  OutputLines lines_;
};

}  // namespace playground::app

// Batch: the programs of one POST /py/batch, a few of each interpreter's at a time, and a line for
// each as it ends. Owned by the BackendRole, which it asks by `on_done` to be dropped; dropping it
// ends those of its programs that run.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/batch_json.h"
#include "app/common_routes.h"
#include "app/metrics.h"
#include "exec/runner.h"
#include "http/responder.h"
#include "http/stream.h"

namespace playground::app {

class Batch {
 public:
  struct Work {
    std::vector<BatchItem> items;
    std::string caller;       // whose turn it is when one of them runs
    std::size_t at_once = 1;  // so many of each interpreter's are with the runner
  };

  // `on_done` comes once, perhaps from within start().
  Batch(const Answers& answers, Metrics& metrics, Work work, std::function<void()> on_done);

  // Sends the head, and goes on from there. It may be gone when this returns.
  void start(exec::Runner& runner, http::Responder responder);

 private:
  // The programs of one interpreter, which wait for no other.
  struct Lane {
    std::deque<std::size_t> waiting;  // their places in the batch
    std::size_t running = 0;
  };

  void go_on();
  void write_errors();
  void fill(Lane& lane);
  void submit(std::size_t index, Lane& lane);
  void on_answer(std::size_t index, exec::Runner::Answer answer, double queued_ms);
  std::string line_of(std::size_t index, const exec::Runner::Answer& answer, double queued_ms);
  void write(std::string line);
  void done();

  const Answers& answers_;
  Metrics& metrics_;
  Work work_;
  std::function<void()> on_done_;
  exec::Runner* runner_ = nullptr;
  std::deque<std::size_t> wrong_;      // items that can't be run, and have no line yet
  std::map<std::size_t, Lane> lanes_;  // by Program::interpreter
  std::map<std::size_t, exec::Runner::Ticket> running_;
  http::Stream stream_;
  bool held_back_ = false;  // by a client that has not taken what there is
};

}  // namespace playground::app

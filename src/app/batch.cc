#include "app/batch.h"

#include <utility>

#include "app/observe_outcome.h"
#include "app/output_lines.h"

namespace playground::app {

Batch::Batch(const Answers& answers, Metrics& metrics, Work work, std::function<void()> on_done)
    : answers_(answers), metrics_(metrics), work_(std::move(work)), on_done_(std::move(on_done)) {
  for (std::size_t index = 0; index < work_.items.size(); ++index) {
    const BatchItem& item = work_.items[index];
    (item ? lanes_[item->interpreter].waiting : wrong_).push_back(index);
  }
}

void Batch::start(exec::Runner& runner, http::Responder responder) {
  runner_ = &runner;
  stream_ = answers_.begin(responder, "/py/batch", head_of_lines(), std::nullopt);
  stream_.on_gone([this] { done(); });
  stream_.on_drained([this] {
    held_back_ = false;
    go_on();
  });
  go_on();
}

void Batch::go_on() {
  write_errors();
  bool waiting = !wrong_.empty();
  for (auto& [interpreter, lane] : lanes_) {
    fill(lane);
    waiting = waiting || !lane.waiting.empty();
  }
  if (waiting || !running_.empty()) return;
  stream_.end();
  done();
}

void Batch::write_errors() {
  for (; !held_back_ && !wrong_.empty(); wrong_.pop_front()) {
    write(error_line(wrong_.front(), work_.items[wrong_.front()].error()));
  }
}

void Batch::fill(Lane& lane) {
  while (!held_back_ && !lane.waiting.empty() && lane.running < work_.at_once) {
    std::size_t index = lane.waiting.front();
    lane.waiting.pop_front();
    submit(index, lane);
  }
}

void Batch::submit(std::size_t index, Lane& lane) {
  exec::Program program = std::move(*work_.items[index]);
  program.caller = work_.caller;
  program.batch = true;
  ++lane.running;
  running_[index] = runner_->submit(
      std::move(program), [this, index, &lane](exec::Runner::Answer answer, double queued_ms) {
        --lane.running;
        on_answer(index, std::move(answer), queued_ms);
      });
}

void Batch::on_answer(std::size_t index, exec::Runner::Answer answer, double queued_ms) {
  running_.erase(index);
  write(line_of(index, answer, queued_ms));
  go_on();
}

std::string Batch::line_of(std::size_t index, const exec::Runner::Answer& answer,
                           double queued_ms) {
  if (!answer) return refusal_line(index, answer.error());
  observe_outcome(metrics_, *answer, queued_ms, queued_ms + answer->duration_ms);
  return outcome_line(index, *answer);
}

void Batch::write(std::string line) {
  if (!stream_.write(std::move(line))) held_back_ = true;
}

// Drops this object, and the callback with it.
void Batch::done() {
  auto on_done = std::move(on_done_);
  on_done();
}

}  // namespace playground::app

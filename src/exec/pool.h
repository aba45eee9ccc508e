// Pool: gives every program a fresh interpreter, of the kind that it asks for. It keeps some of
// each kind ready, and more while programs wait for them, lets `max_running` programs run at once
// over all of them, and holds the rest in a queue that is bounded in length and in time and in
// which callers take turns. Programs of batches have a queue of their own, and places up to their
// share.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/recycled.h"
#include "base/result.h"
#include "exec/interpreter.h"
#include "exec/limits.h"
#include "exec/runner.h"
#include "exec/turns.h"
#include "uv/timer.h"

namespace playground::exec {

struct PoolOptions {
  struct Python {
    std::string name;
    std::string file;  // the interpreter's binary
  };
  std::vector<Python> pythons;  // at least one
  ZygoteOptions zygote;         // of each, but for the binary
  std::string scratch_directory;
  RefillSizes workers{8, 8};  // of each
  std::size_t max_running = 8;
  std::size_t batch_share = 4;  // of these, for programs of batches; at least 1
  std::size_t queue_size = 1024;
  milliseconds queue_timeout{30'000};
  RunLimits limits;              // a program's; a request may ask for less memory
  std::size_t output_bytes = 0;  // of each of the two streams
};

// The counts are those of all interpreters together.
struct PoolStats {
  std::size_t ready = 0;
  std::size_t warming = 0;
  std::size_t running = 0;
  std::size_t queued = 0;
  std::size_t batch_running = 0;   // of the running ones, those of batches
  std::size_t batch_queued = 0;    // not among the queued ones
  std::size_t callers_queued = 0;  // to whom these belong
  std::uint64_t workers_lost = 0;
  std::uint64_t workers_given_back = 0;
  std::uint64_t zygote_starts = 0;
  std::uint64_t programs_rerun = 0;
  std::vector<InterpreterStats> interpreters;  // in the order of PoolOptions::pythons
};

class Pool final : public Runner, private Interpreter::Owner {
 public:
  // `python` is the name of the interpreter that it is about.
  using OnEvent =
      std::function<void(std::string_view python, std::string_view event, std::string_view detail)>;

  // Errors: a scratch folder can't be made, an interpreter can't be started.
  static Result<std::unique_ptr<Pool>> start(uv::Loop& loop, PoolOptions options, OnEvent on_event);
  // No Ticket may outlive the pool.
  ~Pool() override;

  // When the queue is full, the program is refused, or the last one of the caller that has most
  // waiting, if that is more than this caller would have (FairQueue::displace_for). One of a batch
  // waits, for who sends batches bounds what they have waiting.
  Ticket submit(Program program, OnDone on_done, Reader* reader = nullptr) override;

  // One of several interpreters that fails later takes the others' programs nothing: the pool
  // stays warm while any can make workers.
  bool warm() const override;
  void describe(OnDescribed on_described) override;

  // Replaces the zygotes and the ready workers, losing no program.
  void renew() {
    for (auto& interpreter : interpreters_) interpreter->renew();
  }

  // Ends everything that runs or waits; each is answered Refusal::draining, and so is what comes
  // later.
  void abandon();

  PoolStats stats() const;

 private:
  struct Job;
  Pool(uv::Loop& loop, PoolOptions options, OnEvent on_event);
  Result<void> start_interpreters(uv::Loop& loop);

  void on_ready_changed() override { pump(); }
  bool on_output(Worker& worker, StandardStream from, std::string bytes) override;
  void on_taken_finished(Worker& worker) override;
  void on_taken_ended(Worker& worker) override;
  void on_event(const Interpreter& interpreter, std::string_view event,
                std::string_view detail) override {
    on_event_(interpreter.name(), event, detail);
  }

  FairQueue& queue() { return turns_.queue(false); }
  const FairQueue& queue() const { return turns_.queue(false); }
  bool can_start(const Program& program) const;
  bool make_room(const Program& program);
  std::size_t running() const;
  void refill();
  void find_demand(std::size_t running);
  void refuse(std::uint64_t id);
  void pump();
  void dispatch();
  void start_job(std::uint64_t id, Job& job);
  void finish(std::uint64_t id, Answer answer);
  void answer_refused();
  void on_queue_timeout();
  void arm_queue_timer();
  void cancel(std::uint64_t id) override;
  void resume(std::uint64_t id) override;

  PoolOptions options_;
  OnEvent on_event_;
  RecycledMap<std::uint64_t, Job> jobs_;
  Turns turns_;                        // a lane for each interpreter
  std::vector<std::size_t> waiting_;   // of each interpreter, as find_demand() has counted
  std::vector<std::size_t> demand_;    // likewise
  std::deque<std::uint64_t> refused_;  // answered on the next turn of the loop
  std::uint64_t next_id_ = 1;
  std::uint64_t programs_rerun_ = 0;
  bool abandoned_ = false;
  uv::Owned<uv::Timer> queue_timer_;
  uv::Owned<uv::Timer> refused_timer_;
  std::vector<std::unique_ptr<Interpreter>> interpreters_;
};

}  // namespace playground::exec

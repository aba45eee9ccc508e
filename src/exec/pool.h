// Pool: gives every program a fresh interpreter. It keeps `size` of them ready, lets `max_running`
// run at once, and holds the rest in a queue that is bounded in length and in time and in which
// callers take turns. Programs of batches have a queue of their own, and places up to their share.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/result.h"
#include "exec/limits.h"
#include "exec/nursery.h"
#include "exec/runner.h"
#include "exec/scratch.h"
#include "exec/turns.h"
#include "uv/timer.h"

namespace playground::exec {

struct PoolOptions {
  ZygoteOptions zygote;
  std::string scratch_directory;
  std::size_t size = 8;
  std::size_t max_running = 8;
  std::size_t batch_share = 4;  // of these, for programs of batches; at least 1
  std::size_t queue_size = 1024;
  milliseconds queue_timeout{30'000};
  RunLimits limits;              // a program's; a request may ask for less memory
  std::size_t output_bytes = 0;  // of each of the two streams
};

struct PoolStats {
  std::size_t ready = 0;
  std::size_t warming = 0;
  std::size_t running = 0;
  std::size_t queued = 0;
  std::size_t batch_running = 0;   // of the running ones, those of batches
  std::size_t batch_queued = 0;    // not among the queued ones
  std::size_t callers_queued = 0;  // to whom these belong
  std::uint64_t workers_lost = 0;  // ready ones that died without having been used
  std::uint64_t programs_rerun = 0;
  std::uint64_t generation = 0;
  Nursery::State nursery;
};

class Pool final : public Runner, private Nursery::Owner, private Worker::Owner {
 public:
  using OnEvent = std::function<void(std::string_view event, std::string_view detail)>;

  // Errors: the scratch folder can't be made, the interpreter can't be started.
  static Result<std::unique_ptr<Pool>> start(uv::Loop& loop, PoolOptions options, OnEvent on_event);
  // No Ticket may outlive the pool.
  ~Pool() override;

  // When the queue is full, the program is refused, or the last one of the caller that has most
  // waiting, if that is more than this caller would have (FairQueue::displace_for). One of a batch
  // waits, for who sends batches bounds what they have waiting.
  Ticket submit(Program program, OnDone on_done, Reader* reader = nullptr) override;

  bool warm() const override {
    return warm_ && (!ready_.empty() || nursery_.state().zygote_pid != 0);
  }

  // Replaces the zygote and the ready workers, losing no program.
  void renew() { nursery_.renew(); }

  // Ends everything that runs or waits; each is answered Refusal::draining, and so is what comes
  // later.
  void abandon();

  PoolStats stats() const;

 private:
  struct Job;
  Pool(uv::Loop& loop, PoolOptions options, std::unique_ptr<Scratch> scratch, OnEvent on_event);

  void on_worker_born(std::unique_ptr<Worker> worker) override;
  void on_generation() override { refill(); }
  void on_nursery_event(std::string_view event, std::string_view detail) override {
    on_event_(event, detail);
  }
  void on_worker_ready(Worker& worker) override;
  bool on_worker_output(Worker& worker, StandardStream from, std::string bytes) override;
  void on_worker_ended(Worker& worker) override;

  FairQueue& queue() { return turns_.queue(false); }
  bool make_room(const std::string& caller);
  void refuse(std::uint64_t id);
  void pump();
  void dispatch();
  void start_job(std::uint64_t id, Job& job);
  void refill();
  void refill_soon();
  void finish(std::uint64_t id, Answer answer);
  void answer_refused();
  void on_ready_worker_lost(Worker& worker);
  void on_queue_timeout();
  void arm_queue_timer();
  void cancel(std::uint64_t id) override;
  void resume(std::uint64_t id) override;

  PoolOptions options_;
  OnEvent on_event_;
  std::unique_ptr<Scratch> scratch_;
  std::map<std::uint64_t, Job> jobs_;
  Turns turns_;
  std::deque<std::uint64_t> refused_;  // answered on the next turn of the loop
  std::deque<std::unique_ptr<Worker>> ready_;
  std::map<Worker*, std::unique_ptr<Worker>> running_;
  std::uint64_t next_id_ = 1;
  std::uint64_t workers_lost_ = 0;
  std::uint64_t programs_rerun_ = 0;
  bool warm_ = false;
  bool abandoned_ = false;
  uv::Owned<uv::Timer> queue_timer_;
  uv::Owned<uv::Timer> refused_timer_;
  uv::Owned<uv::Timer> refill_timer_;
  Nursery nursery_;
};

}  // namespace playground::exec

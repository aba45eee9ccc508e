// Worker: one interpreter process as the server sees it: a pidfd and the other ends of its three
// pipes. It is used once. Nothing that it says about itself is believed once the program has begun:
// its end and what it used come from the kernel, its output is what comes through the pipes. That
// it has ended with status 0 it may say itself (docs/adr/0006), and is ended for it.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/recycled.h"
#include "base/unique_fd.h"
#include "exec/collector.h"
#include "exec/final_usage.h"
#include "exec/limits.h"
#include "exec/program.h"
#include "exec/refusals.h"
#include "exec/verdict.h"
#include "exec/watch.h"
#include "exec/worker_output.h"
#include "exec/worker_state.h"
#include "pool/protocol.h"
#include "uv/poll.h"
#include "uv/poll_set.h"
#include "uv/timer.h"
#include "uv/work.h"

namespace playground::exec {

// What the zygote hands over for a new worker.
struct WorkerParts {
  int pid = 0;
  UniqueFd pidfd;
  UniqueFd input;   // write end of its stdin
  UniqueFd output;  // read end of its stdout
  UniqueFd error;   // read end of its stderr
  UniqueFd folder;  // its working directory
};

// Where a worker's files are.
struct WorkerPlace {
  std::string folder;            // of its own; empty for who has a slot
  int slot = protocol::kNoSlot;  // of tier T1
};

class Worker final : public Recycled<Worker>, private WorkerOutput::Owner {
 public:
  class Owner {
   public:
    // Of a program that streams: as Runner::Reader::on_output().
    virtual bool on_worker_output(Worker& worker, StandardStream from, std::string bytes) = 0;
    // The program is over, and its outcome may be taken; the process still ends, which is found by
    // reap_finished() and not told. Does not come where it is known only with the process's end.
    virtual void on_worker_finished(Worker& worker) = 0;
    // The process is gone and reaped. The owner may drop the worker here.
    virtual void on_worker_ended(Worker& worker) = 0;

   protected:
    ~Owner() = default;
  };

  Worker(uv::Loop& loop, WorkerParts parts, WorkerPlace place, std::size_t output_limit,
         Owner& owner);
  // Kills and reaps a process that still lives.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Where the calls that it is refused are recorded; they can't be told without.
  void tell_refusals(Refusals& refusals) { refusals_ = &refusals; }

  // Its end is told soon, however it comes. Else it is, once nobody holds its stdout any more: only
  // where programs can start processes those may hold it longer.
  void watch_end();

  // warming → ready.
  void become_ready(const protocol::Ready& ready);

  // ready → running.
  void run(const Program& program, const RunLimits& limits);

  // finished → ended, where the process is gone by now.
  bool reap_finished();

  // Output may come again, after on_worker_output() has said no.
  void resume_output() { output_.resume(); }

  // Ends the process at once; on_worker_ended follows.
  void kill();

  // Once ended: whether it was lost before the program's first instruction, by no doing of ours.
  // Otherwise, or once finished: what became of the program.
  bool lost_before_start() const { return !output_.started() && cause_ == Cause::none; }
  Outcome take_outcome();

  WorkerState state() const { return state_; }
  int pid() const { return parts_.pid; }
  const WorkerPlace& place() const { return place_; }
  // Once ended: its working directory, for who empties it.
  UniqueFd take_folder() { return std::move(parts_.folder); }
  void set_owner(Owner& owner) { owner_ = &owner; }

  // For the bookkeeping of others: which zygote it comes from, in answer to which order, which
  // program it was given, and of which kind that is.
  std::uint64_t generation = 0;
  std::uint64_t order = 0;
  std::uint64_t tag = 0;
  bool batch = false;

 private:
  void on_started() override;
  void on_output_overflow() override { over_limit(Cause::output); }
  void on_stdout_closed() override;
  bool on_output(StandardStream from, std::string bytes) override;

  void advance(WorkerEvent event);
  void watch_over(const Program& program);
  void send_input();
  void over_limit(Cause cause);
  void on_deadline();
  bool finish_early();
  bool end_if_gone();
  void stop_watching();
  void on_exceeded(Cause cause);
  void let_flush(Cause cause);
  bool still_wants_to_flush();
  void take_refusals();
  void judge_scratch();
  void end();
  FolderView folder() const;
  void signal(int number);

  uv::Loop& loop_;
  WorkerParts parts_;
  WorkerPlace place_;
  Owner* owner_;
  WorkerState state_ = WorkerState::warming;

  WorkerOutput output_;
  std::string input_;  // what stdin has not taken yet
  std::size_t input_sent_ = 0;
  uv::PollSet::Member pidfd_poll_;
  uv::Owned<uv::Poll> input_poll_;
  uv::Owned<uv::Timer> deadline_;
  std::optional<Watch> watch_;
  std::unique_ptr<uv::Work> measuring_;          // of the folder, after a failure
  std::optional<FinalUsageReader> final_usage_;  // of a program that is answered early
  Collector collector_;
  RunLimits limits_;
  milliseconds unpacked_timeout_{0};  // what it has from its start mark on; 0: no files came first

  Cause cause_ = Cause::none;
  microseconds cpu_at_signal_{0};  // when it was told to flush
  int graces_ = 0;                 // that it has had since
  TimePoint run_at_;
  TimePoint ended_at_;
  std::uint64_t ready_cpu_us_ = 0;
  std::uint64_t ready_peak_kb_ = 0;
  uv::Exit exit_;                  // of status 0 until it has ended
  std::uint64_t used_cpu_us_ = 0;  // in all, by the process
  long peak_kb_ = 0;
  Refusals* refusals_ = nullptr;
  RefusedCalls refused_;
};

}  // namespace playground::exec

// Interpreter: one of those that programs can be run by: its nursery, the workers that it keeps
// ready, and those that run a program. It knows nothing of queues.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/recycled.h"
#include "base/result.h"
#include "exec/interpreter_info.h"
#include "exec/nursery.h"
#include "exec/refill_policy.h"
#include "exec/scratch.h"
#include "uv/timer.h"

namespace playground::exec {

struct InterpreterOptions {
  std::string name;  // that requests ask for it by
  ZygoteOptions zygote;
  std::string scratch_directory;
  RefillSizes workers;
  std::size_t output_bytes = 0;
};

struct InterpreterStats {
  std::string name;
  std::string python;  // the interpreter's binary
  bool up = false;     // has ready workers, or can make some
  std::size_t ready = 0;
  std::size_t warming = 0;
  std::size_t running = 0;
  std::size_t queued = 0;                // filled in by the pool
  std::uint64_t workers_lost = 0;        // ready ones that died without having been used
  std::uint64_t workers_given_back = 0;  // ended unused, after the demand for them
  std::uint64_t generation = 0;
  Nursery::State nursery;
};

class Interpreter final : private Nursery::Owner, private Worker::Owner {
 public:
  class Owner {
   public:
    // A worker has become ready, or a ready one was lost.
    virtual void on_ready_changed() = 0;
    // Of a program that streams: as Runner::Reader::on_output().
    virtual bool on_output(Worker& worker, StandardStream from, std::string bytes) = 0;
    // The program of a worker that was taken is over, and the worker runs no more; nothing follows.
    virtual void on_taken_finished(Worker& worker) = 0;
    // A worker that was taken has ended with its program. It is freed once this returns.
    virtual void on_taken_ended(Worker& worker) = 0;
    // Something an operator should know. `event` is one of a few fixed names.
    virtual void on_event(const Interpreter& interpreter, std::string_view event,
                          std::string_view detail) = 0;

   protected:
    ~Owner() = default;
  };

  // Errors: the scratch folder can't be made, the interpreter can't be started.
  static Result<std::unique_ptr<Interpreter>> start(uv::Loop& loop, InterpreterOptions options,
                                                    Owner& owner);
  // Kills and reaps what still runs.
  ~Interpreter();

  const std::string& name() const { return options_.name; }
  bool has_ready() const { return !ready_.empty(); }
  // Workers that run a program, or are being ended with it.
  std::size_t running() const { return taken_.size(); }

  // All that it keeps have been ready once.
  bool warm() const { return warm_; }
  // It has ready workers, or can make some.
  bool alive() const { return !ready_.empty() || nursery_.state().zygote_pid != 0; }

  // A ready worker, of which there must be one, for the program `tag`; it is run by the caller.
  Worker& take(std::uint64_t tag);

  // Makes up for what was taken, and grows with the demand, when it is time to (RefillPolicy).
  // `running`: programs of all interpreters; `demand`: of this one, that wait for a worker alone.
  void refill(std::size_t running, std::size_t demand);

  // Replaces the zygote and the ready workers, losing no program.
  void renew() { nursery_.renew(); }
  // No further workers.
  void stop();

  InterpreterInfo info() const;
  InterpreterStats stats() const;

 private:
  Interpreter(uv::Loop& loop, InterpreterOptions options, std::unique_ptr<Scratch> scratch,
              Owner& owner);

  void on_worker_born(std::unique_ptr<Worker> worker) override;
  void on_generation() override;
  void on_nursery_event(std::string_view event, std::string_view detail) override {
    owner_.on_event(*this, event, detail);
  }
  bool on_worker_output(Worker& worker, StandardStream from, std::string bytes) override {
    return owner_.on_output(worker, from, std::move(bytes));
  }
  void on_worker_finished(Worker& worker) override;
  void on_worker_ended(Worker& worker) override;
  void on_ready_lost(Worker& worker);
  void refill();
  void retire(std::unique_ptr<Worker> worker);
  void give_back(std::size_t count);
  bool bury(Worker& finished);
  void bury_finished();

  InterpreterOptions options_;
  Owner& owner_;
  std::unique_ptr<Scratch> scratch_;
  std::deque<std::unique_ptr<Worker>> ready_;  // all of one generation, the newest last
  RecycledMap<Worker*, std::unique_ptr<Worker>> taken_;
  RecycledMap<Worker*, std::unique_ptr<Worker>> retired_;  // unused ones, that only have to end yet
  std::deque<std::unique_ptr<Worker>> finished_;  // whose program was over before they were
  std::uint64_t workers_lost_ = 0;
  std::uint64_t workers_given_back_ = 0;
  bool warm_ = false;
  RefillPolicy policy_;
  std::size_t running_ = 0;  // as refill() was told
  std::size_t demand_ = 0;
  uv::Owned<uv::Timer> refill_timer_;
  uv::Owned<uv::Timer> bury_timer_;
  Nursery nursery_;
};

}  // namespace playground::exec

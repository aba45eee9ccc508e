// Nursery: where workers come from. It keeps a zygote alive (starting another with back-off when
// one dies), orders workers from it, and hands each over once it is ready.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/backoff.h"
#include "base/recycled.h"
#include "exec/cgroup_probe.h"
#include "exec/interpreter_info.h"
#include "exec/places.h"
#include "exec/refusals.h"
#include "exec/sandbox_layers.h"
#include "exec/scratch.h"
#include "exec/worker.h"
#include "exec/zygote.h"
#include "uv/timer.h"

namespace playground::exec {

class Nursery final : private Zygote::Owner, private Worker::Owner {
 public:
  class Owner {
   public:
    virtual void on_worker_born(std::unique_ptr<Worker> worker) = 0;
    // Another zygote is the present one: what comes from now on is of a new generation.
    virtual void on_generation() = 0;
    // Something an operator should know. `event` is one of a few fixed names.
    virtual void on_nursery_event(std::string_view event, std::string_view detail) = 0;

   protected:
    ~Owner() = default;
  };

  Nursery(uv::Loop& loop, ZygoteOptions options, std::size_t output_limit, Scratch& scratch,
          Owner& owner);
  // All workers that were handed over are gone by then.
  ~Nursery();

  // Starts the first zygote. Errors: the interpreter can't be started, the scratch volume is full.
  Result<void> start();

  // Sees to it that at least `count` workers are on their way, now and after any of these is lost.
  // `patient`: nobody waits for those that are ordered from now on, but others might for a
  // processor.
  void want(std::size_t count, bool patient);
  std::size_t on_the_way() const { return orders_.size() + warming_.size(); }

  // Starts another zygote beside the present one, which it replaces once it is ready. Workers of
  // the present one stay usable; their `generation` is then below generation().
  void renew();
  std::uint64_t generation() const { return places_.generation(); }

  // No further zygotes or workers.
  void stop();

  // Every worker that was handed over comes back here when it has ended, for its folder and its
  // pid.
  void bury(Worker& worker);

  struct State {
    std::uint64_t zygote_starts = 0;
    int zygote_pid = 0;            // 0 while there is none
    InterpreterInfo info;          // without the name; empty while there was no zygote yet
    std::string preload_errors;    // a line each
    std::size_t kept_modules = 0;  // of the standard library, imported beforehand
    Sandbox sandbox;
  };
  const State& state() const { return state_; }

 private:
  void on_zygote_ready(Zygote& zygote, const protocol::Hello& hello, UniqueFd listener) override;
  void on_spawned(Zygote& zygote, std::uint64_t id, WorkerParts parts) override;
  bool on_ready(Zygote& zygote, const protocol::Ready& ready) override;
  void on_spawn_failed(Zygote& zygote, std::uint64_t id, int error) override;
  void on_zygote_line(Zygote&, std::string_view line) override {
    owner_.on_nursery_event("zygote_says", line);
  }
  void on_zygote_ended(Zygote& zygote, const uv::Exit& exit) override;
  bool on_worker_output(Worker&, StandardStream, std::string) override { return true; }
  void on_worker_finished(Worker&) override {}
  void on_worker_ended(Worker& worker) override;

  Result<void> start_zygote();
  void discard_home();
  bool accept(const Sandbox& sandbox, UniqueFd listener);
  void order_missing();
  enum class Ordered { ordered, no_place, failed };
  Ordered order_one();
  void retry_later() {
    if (!retry_->active()) retry_->start(backoff_.next());
  }
  void progress();
  void on_stuck();
  void reap_orphans();
  void end_groups();
  void void_orders();

  uv::Loop& loop_;
  ZygoteOptions options_;
  std::size_t output_limit_;
  Scratch& scratch_;
  Places places_;
  Owner& owner_;

  Refusals refusals_;
  bool refusals_told_ = false;       // of the present zygote's workers
  std::unique_ptr<Zygote> current_;  // ready to fork
  std::unique_ptr<Zygote> next_;     // still importing
  std::string next_home_;            // what modules may write to meanwhile
  bool stopped_ = false;
  std::size_t wanted_ = 0;
  bool patient_ = false;
  std::uint64_t next_id_ = 1;
  RecycledMap<std::uint64_t, WorkerPlace> orders_;
  RecycledMap<std::uint64_t, std::unique_ptr<Worker>> warming_;  // by the id of the order
  RecycledSet<int> known_pids_;
  std::set<int> dead_groups_;  // process groups of zygotes that are gone

  Backoff backoff_{milliseconds{50}, milliseconds{5000}};
  uv::Owned<uv::Timer> retry_;
  uv::Owned<uv::Timer> stuck_;
  uv::Owned<uv::Timer> orphans_;
  std::vector<SandboxLayer> cgroup_layers_;
  State state_;
};

}  // namespace playground::exec

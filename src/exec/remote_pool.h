// RemotePool: the pool as another loop sees it. Programs go to the pool's loop by its mailbox,
// output, answers and cancellations come and go likewise: docs/adr/0004.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "base/recycled.h"
#include "exec/runner.h"
#include "uv/mailbox.h"
#include "uv/prepare.h"

namespace playground::exec {

// The pool's side, one for all remote ones. On the pool's loop, but where it says otherwise.
class PoolGate {
 public:
  // All three outlive it; `mailbox` is that of `loop`, which is the pool's.
  PoolGate(uv::Loop& loop, uv::Mailbox& mailbox, Runner& pool);

  Runner& pool() { return pool_; }

  // From any thread.
  uv::Mailbox& mailbox() { return mailbox_; }
  bool warm() const { return warm_.load(std::memory_order_relaxed); }

 private:
  uv::Mailbox& mailbox_;
  Runner& pool_;
  std::atomic<bool> warm_;
  uv::Owned<uv::Prepare> before_wait_;
};

// Made and dropped while neither loop runs, or by the thread of both.
class RemotePool final : public Runner {
 public:
  // `mailbox` is that of the loop it is on. Both outlive it.
  RemotePool(PoolGate& gate, uv::Mailbox& mailbox);
  ~RemotePool() override;

  Ticket submit(Program program, OnDone on_done, Reader* reader = nullptr) override;
  bool warm() const override { return gate_.warm(); }
  void describe(OnDescribed on_described) override;

 private:
  // On this loop: whoever waits for an answer.
  struct Waiter {
    OnDone on_done;
    Reader* reader = nullptr;
    std::size_t taken = 0;  // bytes that it got and the pool's side does not know of
  };
  class Job;  // on the pool's loop

  void cancel(std::uint64_t id) override;
  void resume(std::uint64_t id) override;
  void deliver(std::uint64_t id, Answer answer, double queued_ms);
  void deliver_output(std::uint64_t id, StandardStream from, std::string bytes);
  void acknowledge(std::uint64_t id, Waiter& waiter);

  // On the pool's loop.
  void start(std::uint64_t id, Program program, bool reads);
  void finish(std::uint64_t id, Answer answer, double queued_ms);

  PoolGate& gate_;
  uv::Mailbox& mailbox_;
  RecycledMap<std::uint64_t, Waiter> waiting_;  // this loop's
  std::uint64_t next_id_ = 1;
  RecycledMap<std::uint64_t, std::unique_ptr<Job>> jobs_;  // the pool's loop's
};

}  // namespace playground::exec

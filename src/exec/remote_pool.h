// RemotePool: the pool as another loop sees it. Programs go to the pool's loop by its mailbox,
// answers and cancellations come and go likewise: docs/adr/0004.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>

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
  RemotePool(PoolGate& gate, uv::Mailbox& mailbox) : gate_(gate), mailbox_(mailbox) {}

  Ticket submit(Program program, OnDone on_done) override;
  bool warm() const override { return gate_.warm(); }
  void describe(OnDescribed on_described) override;

 private:
  void cancel(std::uint64_t id) override;
  void deliver(std::uint64_t id, Answer answer, double queued_ms);

  // On the pool's loop.
  void start(std::uint64_t id, Program program);
  void finish(std::uint64_t id, Answer answer, double queued_ms);

  PoolGate& gate_;
  uv::Mailbox& mailbox_;
  std::map<std::uint64_t, OnDone> waiting_;  // this loop's
  std::uint64_t next_id_ = 1;
  std::map<std::uint64_t, Ticket> tickets_;  // the pool's loop's
};

}  // namespace playground::exec

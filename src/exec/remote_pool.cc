#include "exec/remote_pool.h"

#include <utility>

namespace playground::exec {

PoolGate::PoolGate(uv::Loop& loop, uv::Mailbox& mailbox, Runner& pool)
    : mailbox_(mailbox),
      pool_(pool),
      warm_(pool.warm()),
      before_wait_(uv::Prepare::create(
          loop, [this] { warm_.store(pool_.warm(), std::memory_order_relaxed); })) {}

Runner::Ticket RemotePool::submit(Program program, OnDone on_done) {
  std::uint64_t id = next_id_++;
  waiting_.emplace(id, std::move(on_done));
  gate_.mailbox().post(
      [this, id, program = std::move(program)]() mutable { start(id, std::move(program)); });
  return Ticket(this, id);
}

void RemotePool::start(std::uint64_t id, Program program) {
  tickets_[id] = gate_.pool().submit(
      std::move(program),
      [this, id](Answer answer, double queued_ms) { finish(id, std::move(answer), queued_ms); });
}

void RemotePool::finish(std::uint64_t id, Answer answer, double queued_ms) {
  tickets_.erase(id);
  mailbox_.post([this, id, answer = std::move(answer), queued_ms]() mutable {
    deliver(id, std::move(answer), queued_ms);
  });
}

// Nobody waits any more where it was cancelled while the answer was on its way.
void RemotePool::deliver(std::uint64_t id, Answer answer, double queued_ms) {
  auto node = waiting_.extract(id);
  if (!node.empty()) node.mapped()(std::move(answer), queued_ms);
}

// The ticket that is dropped there is the pool's. It always comes behind its start().
void RemotePool::cancel(std::uint64_t id) {
  if (waiting_.erase(id) == 0) return;
  gate_.mailbox().post([this, id] { tickets_.erase(id); });
}

void RemotePool::describe(OnDescribed on_described) {
  gate_.mailbox().post([this, on_described = std::move(on_described)]() mutable {
    gate_.pool().describe([this, &on_described](std::vector<InterpreterInfo> infos) {
      mailbox_.post([on_described = std::move(on_described), infos = std::move(infos)]() mutable {
        on_described(std::move(infos));
      });
    });
  });
}

}  // namespace playground::exec

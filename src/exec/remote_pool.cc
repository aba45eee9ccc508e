#include "exec/remote_pool.h"

#include <utility>

namespace playground::exec {
namespace {

// Of a program's output so much is on its way from loop to loop before it has to wait.
constexpr std::size_t kMostOnTheWay = 128 * 1024;

}  // namespace

PoolGate::PoolGate(uv::Loop& loop, uv::Mailbox& mailbox, Runner& pool)
    : mailbox_(mailbox),
      pool_(pool),
      warm_(pool.warm()),
      before_wait_(uv::Prepare::create(
          loop, [this] { warm_.store(pool_.warm(), std::memory_order_relaxed); })) {}

// A program in the pool, and its output on the way to the other loop.
class RemotePool::Job final : public Reader {
 public:
  Job(RemotePool& remote, std::uint64_t id) : remote_(remote), id_(id) {}

  bool on_output(StandardStream from, std::string bytes) override {
    on_the_way_ += bytes.size();
    waits_ = on_the_way_ >= kMostOnTheWay;
    remote_.mailbox_.post([&remote = remote_, id = id_, from, bytes = std::move(bytes)]() mutable {
      remote.deliver_output(id, from, std::move(bytes));
    });
    return !waits_;
  }

  void on_taken(std::size_t size) {
    on_the_way_ -= size;
    if (on_the_way_ < kMostOnTheWay && std::exchange(waits_, false)) ticket.resume();
  }

  Ticket ticket;

 private:
  RemotePool& remote_;
  std::uint64_t id_;
  std::size_t on_the_way_ = 0;
  bool waits_ = false;
};

RemotePool::RemotePool(PoolGate& gate, uv::Mailbox& mailbox) : gate_(gate), mailbox_(mailbox) {}

RemotePool::~RemotePool() = default;

Runner::Ticket RemotePool::submit(Program program, OnDone on_done, Reader* reader) {
  std::uint64_t id = next_id_++;
  waiting_.emplace(id, Waiter{std::move(on_done), reader});
  gate_.mailbox().post(
      [this, id, program = std::move(program), reads = reader != nullptr]() mutable {
        start(id, std::move(program), reads);
      });
  return Ticket(this, id);
}

void RemotePool::start(std::uint64_t id, Program program, bool reads) {
  auto& job = jobs_[id] = std::make_unique<Job>(*this, id);
  job->ticket = gate_.pool().submit(
      std::move(program),
      [this, id](Answer answer, double queued_ms) { finish(id, std::move(answer), queued_ms); },
      reads ? job.get() : nullptr);
}

// Nobody reads any more where it was cancelled while the output was on its way.
void RemotePool::deliver_output(std::uint64_t id, StandardStream from, std::string bytes) {
  auto waiter = waiting_.find(id);
  if (waiter == waiting_.end()) return;
  waiter->second.taken += bytes.size();
  if (!waiter->second.reader->on_output(from, std::move(bytes))) return;
  waiter = waiting_.find(id);
  if (waiter != waiting_.end()) acknowledge(id, waiter->second);
}

void RemotePool::resume(std::uint64_t id) {
  auto waiter = waiting_.find(id);
  if (waiter != waiting_.end()) acknowledge(id, waiter->second);
}

void RemotePool::acknowledge(std::uint64_t id, Waiter& waiter) {
  gate_.mailbox().post([this, id, size = std::exchange(waiter.taken, 0)] {
    auto job = jobs_.find(id);
    if (job != jobs_.end()) job->second->on_taken(size);
  });
}

void RemotePool::finish(std::uint64_t id, Answer answer, double queued_ms) {
  jobs_.erase(id);
  mailbox_.post([this, id, answer = std::move(answer), queued_ms]() mutable {
    deliver(id, std::move(answer), queued_ms);
  });
}

// Nor waits anybody for its answer.
void RemotePool::deliver(std::uint64_t id, Answer answer, double queued_ms) {
  auto node = waiting_.extract(id);
  if (!node.empty()) node.mapped().on_done(std::move(answer), queued_ms);
}

// The ticket that is dropped there is the pool's. It always comes behind its start().
void RemotePool::cancel(std::uint64_t id) {
  if (waiting_.erase(id) == 0) return;
  gate_.mailbox().post([this, id] { jobs_.erase(id); });
}

void RemotePool::describe(OnDescribed on_described) {
  gate_.mailbox().post([this, on_described = std::move(on_described)]() mutable {
    gate_.pool().describe([this, tell = std::move(on_described)](auto infos) mutable {
      mailbox_.post(
          [tell = std::move(tell), infos = std::move(infos)]() mutable { tell(std::move(infos)); });
    });
  });
}

}  // namespace playground::exec

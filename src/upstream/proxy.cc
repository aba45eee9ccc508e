#include "upstream/proxy.h"

#include <utility>

#include "base/check.h"
#include "upstream/call.h"

namespace playground::upstream {

Proxy::Proxy(uv::Loop& loop, std::vector<Backend> backends, const Upstream::Options& options,
             Observer& observer, dns::ResolverOptions resolver, SharedState* shared)
    : loop_(loop),
      observer_(observer),
      own_(shared == nullptr ? std::make_unique<SharedState>(backends, 1) : nullptr),
      shared_(shared == nullptr ? *own_ : *shared),
      resolver_(loop, std::move(resolver)),
      balancer_(loop, resolver_, std::move(backends), options, observer, shared_),
      budget_(shared_.loops()) {}

Proxy::~Proxy() = default;

Proxy::Ticket Proxy::send(Request request, Receiver& receiver) {
  std::uint64_t id = next_id_++;
  auto call = std::make_unique<Call>(*this, id, std::move(request), receiver);
  Call& started = *call;
  calls_.emplace(id, std::move(call));
  started.start();
  return Ticket(this, id);
}

std::unique_ptr<Proxy::Call> Proxy::finish(std::uint64_t id) {
  auto node = calls_.extract(id);
  PLAYGROUND_CHECK(!node.empty());
  return std::move(node.mapped());
}

bool Proxy::may_retry(Retry retry, TimePoint now) {
  if (retry != Retry::budgeted) return retry == Retry::free;
  if (budget_.take(now)) return true;
  ++retries_refused_;
  return false;
}

Proxy::Snapshot Proxy::snapshot() {
  TimePoint now = Clock::now();
  Snapshot seen;
  for (const auto& upstream : balancer_.upstreams()) {
    seen.backends.push_back(upstream->snapshot(now));
  }
  seen.retries = retries_;
  seen.retries_refused = retries_refused_;
  seen.retry_budget = budget_.allowed(now);
  seen.retry_budget_used = budget_.taken(now);
  seen.panics = balancer_.panics();
  seen.busy = busy_;
  return seen;
}

void Proxy::Ticket::pause() {
  if (Call* call = owner() != nullptr ? owner()->find(id()) : nullptr) call->pause();
}

void Proxy::Ticket::resume() {
  if (Call* call = owner() != nullptr ? owner()->find(id()) : nullptr) call->resume();
}

void Proxy::cancel(std::uint64_t id) {
  calls_.erase(id);
}

// None once it has come to its end.
Proxy::Call* Proxy::find(std::uint64_t id) {
  auto call = calls_.find(id);
  return call != calls_.end() ? call->second.get() : nullptr;
}

}  // namespace playground::upstream

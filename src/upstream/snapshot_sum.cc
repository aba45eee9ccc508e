#include "upstream/snapshot_sum.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/check.h"

namespace playground::upstream {
namespace {

// 0 for the best.
std::size_t badness(std::string_view state) {
  constexpr std::array<std::string_view, 5> kStates = {"up", "unchecked", "ejected", "down",
                                                       "drained"};
  auto found = std::find(kStates.begin(), kStates.end(), state);
  PLAYGROUND_CHECK(found != kStates.end());
  return static_cast<std::size_t>(found - kStates.begin());
}

void add(Upstream::Snapshot& sum, const Upstream::Snapshot& seen) {
  if (badness(seen.state) > badness(sum.state)) {
    sum.state = seen.state;
    sum.why = seen.why;
  }
  if (sum.addresses.empty()) sum.addresses = seen.addresses;
  sum.in_rotation = sum.in_rotation || seen.in_rotation;
  sum.requests += seen.requests;
  sum.recent += seen.recent;
  sum.failures += seen.failures;
  for (std::size_t i = 0; i < kOutcomes; ++i) sum.outcomes[i] += seen.outcomes[i];
  sum.sent_elsewhere += seen.sent_elsewhere;
  sum.ejections += seen.ejections;
  sum.checks_passed += seen.checks_passed;
  sum.checks_failed += seen.checks_failed;
  sum.active += seen.active;
  sum.idle += seen.idle;
  sum.latency.add(seen.latency);
}

void add(Proxy::Snapshot& sum, const Proxy::Snapshot& seen) {
  PLAYGROUND_CHECK(sum.backends.size() == seen.backends.size());
  for (std::size_t i = 0; i < seen.backends.size(); ++i) add(sum.backends[i], seen.backends[i]);
  sum.retries += seen.retries;
  sum.retries_refused += seen.retries_refused;
  sum.retry_budget += seen.retry_budget;
  sum.retry_budget_used += seen.retry_budget_used;
  sum.panics += seen.panics;
  sum.busy += seen.busy;
}

}  // namespace

Proxy::Snapshot sum_of(const std::vector<Proxy::Snapshot>& seen) {
  PLAYGROUND_CHECK(!seen.empty());
  Proxy::Snapshot sum = seen.front();
  for (std::size_t i = 1; i < seen.size(); ++i) add(sum, seen[i]);
  return sum;
}

}  // namespace playground::upstream

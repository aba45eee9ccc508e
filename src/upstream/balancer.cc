#include "upstream/balancer.h"

#include <algorithm>
#include <utility>

namespace playground::upstream {

Balancer::Balancer(uv::Loop& loop, dns::Resolver& resolver, std::vector<Backend> backends,
                   const Upstream::Options& options, Observer& observer, SharedState& shared)
    : rotation_(shared.rotation()), shares_(backends.size()) {
  for (Backend& backend : backends) {
    upstreams_.push_back(std::make_unique<Upstream>(loop, resolver, std::move(backend), options,
                                                    observer, shared.active(upstreams_.size())));
  }
}

Upstream* Balancer::pick(TimePoint now, std::span<const Upstream* const> tried) {
  auto may_take = [&](const Upstream& upstream) {
    return upstream.open() && std::find(tried.begin(), tried.end(), &upstream) == tried.end();
  };
  bool panic = true;
  for (std::size_t i = 0; i < upstreams_.size(); ++i) {
    const Upstream& upstream = *upstreams_[i];
    double share = upstream.drained() ? 0 : upstream.health().share(now);
    if (share > 0) panic = false;
    shares_[i] = may_take(upstream) ? share : 0;
  }
  if (panic) {
    for (std::size_t i = 0; i < upstreams_.size(); ++i) {
      shares_[i] = may_take(*upstreams_[i]) ? 1 : 0;
    }
  }
  auto turn = rotation_.next(shares_);
  if (!turn) return nullptr;
  if (panic) ++panics_;
  return upstreams_[*turn].get();
}

bool Balancer::checked() const {
  return std::all_of(upstreams_.begin(), upstreams_.end(),
                     [](const auto& upstream) { return upstream->health().checked(); });
}

bool Balancer::all_drained() const {
  return std::all_of(upstreams_.begin(), upstreams_.end(),
                     [](const auto& upstream) { return upstream->drained(); });
}

Upstream* Balancer::find(std::string_view name) {
  auto found = std::find_if(upstreams_.begin(), upstreams_.end(),
                            [&](const auto& upstream) { return upstream->backend().name == name; });
  return found == upstreams_.end() ? nullptr : found->get();
}

}  // namespace playground::upstream

// Balancer: all backends, and which of them gets a request.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "upstream/shared_state.h"
#include "upstream/upstream.h"

namespace playground::upstream {

class Balancer {
 public:
  using Upstreams = std::vector<std::unique_ptr<Upstream>>;

  // At least one backend, of which the shared state was made. That, the resolver and the observer
  // outlive it.
  Balancer(uv::Loop& loop, dns::Resolver& resolver, std::vector<Backend> backends,
           const Upstream::Options& options, Observer& observer, SharedState& shared);

  // Whose turn it is among the healthy; where none is healthy, among all that are not drained
  // ("panic"). Those of `tried` have had this request already. Null when nobody is left: the others
  // are drained, or have as many requests as they may.
  Upstream* pick(TimePoint now, std::span<const Upstream* const> tried);

  // Each backend has been checked at least once.
  bool checked() const;
  bool all_drained() const;

  // Null for an unknown name.
  Upstream* find(std::string_view name);

  const Upstreams& upstreams() const { return upstreams_; }
  std::uint64_t panics() const { return panics_; }

 private:
  Upstreams upstreams_;
  Rotation& rotation_;
  std::vector<double> shares_;  // of one pick; here so that none allocates
  std::uint64_t panics_ = 0;
};

}  // namespace playground::upstream

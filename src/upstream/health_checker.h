// HealthChecker: asks every backend for /readyz again and again, each time on a connection of its
// own, which goes the way of new requests: through a load balancer, to whoever is behind it now.
#pragma once

#include <memory>
#include <vector>

#include "upstream/balancer.h"

namespace playground::upstream {

class HealthChecker {
 public:
  // From one check's start to the next, give or take a fifth, so that several uis do not check in
  // step.
  static constexpr milliseconds kInterval{500};
  // Of a check's reply, behind connecting.
  static constexpr milliseconds kTimeout{1000};

  // Begins at once. The balancer outlives it.
  HealthChecker(uv::Loop& loop, Balancer& balancer);
  ~HealthChecker();

 private:
  class Check;

  std::vector<std::unique_ptr<Check>> checks_;
};

}  // namespace playground::upstream

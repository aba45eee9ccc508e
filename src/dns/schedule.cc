#include "dns/schedule.h"

#include <algorithm>

namespace playground::dns {

void Schedule::answered(TimePoint now, std::chrono::seconds ttl) {
  backoff_.reset();
  not_before_ = now + kLeastInterval;
  due_ = now + std::clamp(ttl, kLeastTtl, kMostTtl);
}

void Schedule::failed(TimePoint now) {
  not_before_ = now + kLeastInterval;
  due_ = std::max(not_before_, now + backoff_.next());
}

void Schedule::urge(TimePoint now) {
  due_ = std::min(due_, std::max(now, not_before_));
}

}  // namespace playground::dns

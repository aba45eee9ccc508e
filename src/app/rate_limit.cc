#include "app/rate_limit.h"

#include <algorithm>

#include "base/check.h"

namespace playground::app {
namespace {

std::chrono::seconds rounded_up(Clock::duration time) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(time, Clock::duration::zero()));
}

}  // namespace

RateLimiter::RateLimiter(const RateLimit& limit, std::size_t max_callers)
    : limit_(limit),
      max_callers_(max_callers),
      interval_(std::chrono::duration_cast<Clock::duration>(limit.period) /
                static_cast<Clock::rep>(std::max<std::uint64_t>(limit.count, 1))) {
  PLAYGROUND_CHECK(limit.count > 0 && limit.burst > 0 && max_callers > 0);
}

RateLimiter::Verdict RateLimiter::take(std::string_view caller, TimePoint now,
                                       std::uint64_t programs) {
  std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(caller, now);
  Clock::duration full = interval_ * static_cast<Clock::rep>(limit_.burst);
  // A thread that read the clock earlier may come later: more than all is never missing.
  Clock::duration missing = std::clamp(bucket.full_at - now, Clock::duration::zero(), full);
  Verdict verdict;
  verdict.limit = limit_.burst;
  // Beyond the burst it does not matter by how much.
  Clock::duration cost = interval_ * static_cast<Clock::rep>(std::min(programs, limit_.burst + 1));
  verdict.allowed = missing + cost <= full;
  if (verdict.allowed) {
    missing += cost;
    bucket.full_at = now + missing;
  }
  verdict.remaining = static_cast<std::uint64_t>((full - missing) / interval_);
  verdict.reset = rounded_up(missing);
  verdict.next = rounded_up(missing + (verdict.allowed ? interval_ : cost) - full);
  return verdict;
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view caller, TimePoint now) {
  auto known = buckets_.find(caller);
  if (known != buckets_.end()) {
    by_use_.splice(by_use_.end(), by_use_, known->second.use);
    return known->second;
  }
  if (buckets_.size() == max_callers_) {
    buckets_.erase(by_use_.front());
    by_use_.pop_front();
  }
  auto added = buckets_.emplace(std::string(caller), Bucket{now, {}}).first;
  added->second.use = by_use_.insert(by_use_.end(), added);
  return added->second;
}

std::size_t RateLimiter::callers() const {
  std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace playground::app

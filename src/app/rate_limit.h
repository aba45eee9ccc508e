// RateLimiter: how much each caller may ask for. A token bucket a caller: it holds `burst`
// permissions, each request takes one, and `count` of them come back in every `period`. May be used
// by several threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "app/config.h"
#include "base/clock.h"

namespace playground::app {

class RateLimiter {
 public:
  // Callers whose buckets are kept, some 16 MB of them. Beyond that, the one that has not asked for
  // longest is forgotten, and begins with a full bucket when it comes back.
  static constexpr std::size_t kMaxCallers = 100'000;

  explicit RateLimiter(const RateLimit& limit, std::size_t max_callers = kMaxCallers);

  // What becomes of a request, and what its caller may count on after it.
  struct Verdict {
    bool allowed = false;
    std::uint64_t limit = 0;        // the burst
    std::uint64_t remaining = 0;    // requests that would be allowed now
    std::chrono::seconds reset{0};  // until the bucket is full again, rounded up
    std::chrono::seconds next{0};  // until one more is allowed, or this one; rounded up; 0: at once
  };
  // `programs`: that it asks for; all of them or none. More than the burst are never allowed.
  Verdict take(std::string_view caller, TimePoint now, std::uint64_t programs = 1);

  std::size_t callers() const;

 private:
  struct Bucket;
  using Buckets = std::map<std::string, Bucket, std::less<>>;
  using ByUse = std::list<Buckets::iterator>;  // the least recently used first
  struct Bucket {
    // When it will be full again; in the past where it is (the "theoretical arrival time" of the
    // generic cell rate algorithm, ITU-T I.371, which is a token bucket with one number).
    TimePoint full_at{};
    ByUse::iterator use{};
  };

  Bucket& bucket_of(std::string_view caller, TimePoint now);

  const RateLimit limit_;
  const std::size_t max_callers_;
  const Clock::duration interval_;  // in which one permission comes back
  mutable std::mutex mutex_;
  Buckets buckets_;
  ByUse by_use_;
};

}  // namespace playground::app

// RetryBudget: how many requests may be sent a second time, so that retries never become a storm:
// a fifth of the requests of the last ten seconds, and 32 in any case. Pure: time is a parameter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "upstream/sliding_count.h"

namespace playground::upstream {

class RetryBudget {
 public:
  static constexpr std::uint64_t kLeast = 32;
  static constexpr std::uint64_t kRequestsForOne = 5;

  // The part of one of so many loops, each of which has a budget of its own requests.
  explicit RetryBudget(std::size_t loops = 1) : least_((kLeast + loops - 1) / loops) {}

  // A request has come; its first attempt.
  void on_request(TimePoint now) { requests_.add(now); }

  // Takes one retry; false when the budget is used up.
  bool take(TimePoint now) {
    if (retries_.sum(now) >= allowed(now)) return false;
    retries_.add(now);
    return true;
  }

  std::uint64_t allowed(TimePoint now) {
    return std::max(least_, requests_.sum(now) / kRequestsForOne);
  }
  std::uint64_t taken(TimePoint now) { return retries_.sum(now); }

 private:
  std::uint64_t least_;
  SlidingCount requests_;
  SlidingCount retries_;
};

}  // namespace playground::upstream

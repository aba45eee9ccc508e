// SlidingCount: how often something happened in the last ten seconds, to the second. Pure: time is
// a parameter, and never goes back.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/clock.h"

namespace playground::upstream {

class SlidingCount {
 public:
  void add(TimePoint now) {
    advance(now);
    ++slot(second_);
    ++sum_;
  }

  std::uint64_t sum(TimePoint now) {
    advance(now);
    return sum_;
  }

 private:
  static constexpr std::int64_t kSeconds = 10;

  std::uint64_t& slot(std::int64_t second) {
    return slots_[static_cast<std::size_t>(second % kSeconds)];
  }

  void advance(TimePoint now) {
    std::int64_t second =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (second == second_) return;
    second_ = std::max(second_, second - kSeconds);  // older slots are all empty by then
    while (second_ < second) sum_ -= std::exchange(slot(++second_), 0);
  }

  std::array<std::uint64_t, kSeconds> slots_{};
  std::int64_t second_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace playground::upstream

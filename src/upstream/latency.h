// Latency: how long one backend took to begin its replies, in buckets. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace playground::upstream {

class Latency {
 public:
  // Upper bounds in milliseconds, inclusive; one bucket more is for what is above the last.
  static constexpr std::array<double, 14> kBoundsMs = {1,   2.5, 5,    10,   25,   50,     100,
                                                       250, 500, 1000, 2500, 5000, 10'000, 30'000};

  void observe(Clock::duration time) {
    double ms = to_ms(time);
    std::size_t bucket = 0;
    while (bucket < kBoundsMs.size() && ms > kBoundsMs[bucket]) ++bucket;
    ++counts_[bucket];
    sum_ms_ += ms;
  }

  void add(const Latency& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    sum_ms_ += other.sum_ms_;
  }

  // Of each bucket by itself, not summed up.
  const std::array<std::uint64_t, kBoundsMs.size() + 1>& counts() const { return counts_; }
  double sum_ms() const { return sum_ms_; }

 private:
  std::array<std::uint64_t, kBoundsMs.size() + 1> counts_{};
  double sum_ms_ = 0;
};

}  // namespace playground::upstream

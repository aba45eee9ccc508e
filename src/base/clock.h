// Monotonic time. Nothing here measures by the wall clock, which may jump.
#pragma once

#include <chrono>

namespace playground {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using std::chrono::microseconds;
using std::chrono::milliseconds;

inline double to_ms(Clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}

}  // namespace playground

// Points in time for tests of what takes time as a parameter.
#pragma once

#include "base/clock.h"

namespace playground::upstream {

// So many milliseconds after some start, which is not the clock's own.
inline TimePoint at(int ms) {
  return TimePoint{} + std::chrono::hours{1} + milliseconds{ms};
}

}  // namespace playground::upstream

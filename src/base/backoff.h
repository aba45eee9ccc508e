// Backoff: how long to wait before the next try of something that failed: nothing the first time,
// then doubling up to a cap. A success starts it anew.
#pragma once

#include <algorithm>

#include "base/clock.h"

namespace playground {

class Backoff {
 public:
  Backoff(milliseconds first, milliseconds cap) : first_(first), cap_(cap) {}

  milliseconds next() {
    milliseconds delay = delay_;
    delay_ = delay_ == milliseconds{0} ? first_ : std::min(delay_ * 2, cap_);
    return delay;
  }
  void reset() { delay_ = milliseconds{0}; }

 private:
  milliseconds first_;
  milliseconds cap_;
  milliseconds delay_{0};
};

}  // namespace playground

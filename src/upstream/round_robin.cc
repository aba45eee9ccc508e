#include "upstream/round_robin.h"

#include "base/check.h"

namespace playground::upstream {

std::size_t RoundRobin::get() {
  PLAYGROUND_CHECK(count_ > 0);
  std::size_t chosen = cursor_;
  cursor_ = (cursor_ + 1) % count_;
  return chosen;
}

}  // namespace playground::upstream

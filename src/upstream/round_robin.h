// RoundRobin: strict rotation over backends 0 … count-1. Pure: no loop, no clock.
#pragma once

#include <cstddef>

namespace playground::upstream {

class RoundRobin {
 public:
  explicit RoundRobin(std::size_t count) : count_(count) {}

  // The next backend's index. There must be at least one backend.
  std::size_t get();

 private:
  std::size_t count_;
  std::size_t cursor_ = 0;
};

}  // namespace playground::upstream

// SharedState: what the proxies of several loops have in common, so that the process as a whole
// keeps to the order of turns and to each backend's bound. Any of their threads may use it.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "upstream/backend.h"
#include "upstream/rotation.h"

namespace playground::upstream {

class SharedState {
 public:
  // At least one backend and one loop.
  SharedState(const std::vector<Backend>& backends, std::size_t loops);

  Rotation& rotation() { return rotation_; }
  // The requests that are with the backend of this number.
  std::atomic<std::size_t>& active(std::size_t index) { return active_[index]; }
  std::size_t loops() const { return loops_; }

 private:
  Rotation rotation_;
  std::vector<std::atomic<std::size_t>> active_;
  std::size_t loops_;
};

}  // namespace playground::upstream

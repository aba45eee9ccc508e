// RunLimits: what one program may use. Wall-clock time travels with the Program, for a request may
// ask for less.
#pragma once

#include <cstddef>

#include "base/clock.h"

namespace playground::exec {

struct RunLimits {
  std::size_t memory_bytes = 0;  // resident above the ready interpreter, shared memory included
  milliseconds cpu{0};           // of all its threads together
  std::size_t threads = 64;
  std::size_t scratch_bytes = 0;
  std::size_t scratch_entries = 10'000;  // files and folders
  std::size_t stream_bytes = 0;          // of each of a program's outputs, where it streams
  std::size_t reply_bytes = 0;           // of the files and figures that come back
};

}  // namespace playground::exec

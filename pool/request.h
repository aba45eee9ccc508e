// The frame that precedes the program's own input on stdin.
#pragma once

#include <cstddef>
#include <cstdint>

namespace playground::pool {

struct Request {
  // Starts the allocation that `args` lies in too: std::free(code) releases both.
  char* code = nullptr;  // NUL-terminated; may hold further NULs
  std::size_t code_bytes = 0;
  const char* args = nullptr;  // args_count strings, each NUL-terminated
  std::size_t args_count = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t files_count = 0;  // that come next on stdin: unpack_files()
  bool plots = false;
  bool line_buffered = false;
  bool tells_end = false;
};

enum class RequestState { complete, none, broken };

// Blocks until the frame up to its files is there; reads not one byte more, since these and the
// program's input follow.
// `none`: the server closed the pipe instead. `broken`: errno says why, EPROTO for a frame that
// makes no sense.
RequestState read_request(Request& request);

}  // namespace playground::pool

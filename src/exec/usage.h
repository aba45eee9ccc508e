// Usage: what a process has used so far, as the kernel tells anybody.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/unique_fd.h"

namespace playground::exec {

struct Usage {
  microseconds cpu{0};  // of all threads
  std::size_t resident_kb = 0;
  std::size_t threads = 0;
  bool runnable = false;  // its first thread is on a processor, or waits for one
};

// Opens /proc/PID/NAME of a process, or of a thread, to be read; none where it is gone.
UniqueFd open_proc(int pid, const char* name);

// Reads one process again and again. Its pid stays its own as long as nobody has reaped it.
class UsageReader {
 public:
  explicit UsageReader(int pid);

  // nullopt once the process has ended.
  std::optional<Usage> read() const;

 private:
  int pid_;
  UniqueFd stat_;
};

// What all threads of the process `pid` have used; nullopt once it has been reaped.
std::optional<microseconds> cpu_time(int pid);

// The fields of /proc/PID/stat that are wanted: state (3), threads (20) and resident pages (24);
// see proc(5).
// The name in parentheses is the program's to choose and may contain anything.
std::optional<Usage> parse_stat(std::string_view line, std::size_t page_bytes);

}  // namespace playground::exec

// FinalUsage: what is known of a program that is over while its process still ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/unique_fd.h"

namespace playground::exec {

struct FinalUsage {
  microseconds cpu{0};  // of all threads
  std::size_t peak_kb = 0;
};

// Opens what it reads while the program still runs: at the end somebody waits.
class FinalUsageReader {
 public:
  // `pid` stays its own as long as nobody has reaped it.
  explicit FinalUsageReader(int pid);

  // nullopt where the process has not taken the name protocol::kEndedName, or is already gone.
  std::optional<FinalUsage> read() const;

 private:
  int pid_;
  UniqueFd status_;
};

// The peak of resident memory, in KiB, out of /proc/PID/status (proc(5)), where the process is
// called `name`; nullopt where it isn't.
std::optional<std::size_t> parse_peak(std::string_view status, std::string_view name);

}  // namespace playground::exec

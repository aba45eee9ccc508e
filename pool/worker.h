// The worker: a forked copy of the zygote that runs one program and ends.
#pragma once

#include <cstdint>

#include "pool/sandbox_self.h"

namespace playground::pool {

struct WorkerOrder {
  std::uint64_t id;          // the server's
  const char* folder;        // the worker's own working directory
  int slot;                  // that the folder lies in, or kNoSlot
  int in, out, err;          // its ends of the pipes
  std::uint64_t open_files;  // RLIMIT_NOFILE
  std::uint64_t file_bytes;  // RLIMIT_FSIZE
  CallFilter filter;         // the zygote's
  bool patient;              // nobody waits for it
};

// Called in the child, directly after the clone.
[[noreturn]] void run_worker(const WorkerOrder& order);

}  // namespace playground::pool

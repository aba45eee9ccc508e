// Verdict: from how a process ended, and what the pool did to it, to the status that the reply
// tells.
#pragma once

#include <string>

#include "exec/program.h"
#include "uv/process.h"

namespace playground::exec {

// Why the pool ended a program, if it did. The first cause stays.
enum class Cause { none, wall, cpu, memory, output, disk, threads, denied, abandoned };

struct Verdict {
  Status status = Status::ok;
  Limit limit = Limit::none;
  std::optional<int> exit_code;
  int signal = 0;
};

// A program over its time ends by SIGKILL in the reply whether it was killed or flushed its streams
// and left at the signal that comes just before: the difference is ours, not its.
Verdict judge(const uv::Exit& exit, Cause cause);

// "SIGSEGV", "SIGRTMIN+2"; "signal 99" for numbers without a name.
std::string signal_name(int number);

}  // namespace playground::exec

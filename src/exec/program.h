// Program: what is to be run, and Outcome: what came of it. Plain values that cross the pool's
// boundary.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "exec/files.h"

namespace playground::exec {

struct Program {
  std::string code;               // UTF-8, without NUL
  std::string input;              // what it reads from stdin
  std::vector<std::string> args;  // sys.argv[1:], without NUL
  milliseconds timeout{};         // wall-clock time from its start
  std::size_t memory_bytes = 0;   // 0: as much as the pool allows
  std::string caller;             // who asks for it: callers that wait take turns
  bool stream = false;            // the runner's: there is a Reader, for whom it prints by lines
  bool crowded = false;           // the runner's: more programs run than there are processors
  bool batch = false;             // one of many: it comes behind those that somebody waits for
  std::vector<InputFile> files;   // in its folder from the start
  FilesOut files_out;             // those that come back
  bool plots = false;             // its figures come back
  std::size_t interpreter = 0;    // which of those that the pool has
};

// Whether it may be answered before its process has ended. With all processors busy nothing would
// be gained, and a little lost; files have to wait until nothing changes them any more.
inline bool answers_early(const Program& program) {
  return !program.crowded && !program.plots && !program.files_out.wanted();
}

enum class Status { ok, error, timeout, memory, output, disk, signal, denied };
enum class Limit { none, wall, cpu, memory, output, disk, threads };

std::string_view to_string(Status status);
// Empty for Limit::none.
std::string_view to_string(Limit limit);

enum class StandardStream { out, err };

struct Outcome {
  // What was printed; of a program that streams, what its reader has not had yet.
  std::string out;
  std::string err;
  bool out_truncated = false;
  bool err_truncated = false;
  Status status = Status::ok;
  Limit limit = Limit::none;
  std::optional<int> exit_code;  // none when ended by a signal
  int signal = 0;                // 0 when ended by itself
  // Names of the system calls that it was refused; none where that can't be told.
  std::optional<std::vector<std::string>> denied;
  // Measured outside the program: by this process's clock, and by the kernel at the wait.
  double start_ms = 0;     // of the duration: until its first instruction was heard of
  double duration_ms = 0;  // from the interpreter's being given it to its end
  double cpu_ms = 0;
  long memory_kb = 0;                // peak resident memory above the ready worker's
  std::optional<OutputFiles> files;  // none when they were not asked for
  std::optional<OutputFiles> plots;  // likewise; their paths are names, as "figure-1.png"
};

// Why a program was not run.
enum class Refusal { queue_full, queue_timeout, draining, no_worker };

std::string_view to_string(Refusal refusal);

}  // namespace playground::exec

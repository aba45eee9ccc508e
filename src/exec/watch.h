// Watch: looks at a running program from outside, every few milliseconds, and tells when it uses
// more than it may: memory, CPU time, threads; and, less often because it takes longer, what lies
// in its folder.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "exec/folder_size.h"
#include "exec/limits.h"
#include "exec/usage.h"
#include "exec/verdict.h"
#include "uv/timer.h"
#include "uv/work.h"

namespace playground::exec {

class Watch {
 public:
  // `ready` is what the worker had used before the program began. `on_exceeded` comes at most once
  // and may drop the Watch.
  Watch(uv::Loop& loop, int pid, std::string folder, const RunLimits& limits, const Usage& ready,
        std::function<void(Cause)> on_exceeded);

  // The most that was seen, above the ready state.
  std::size_t peak_kb() const { return peak_kb_; }

 private:
  void look();
  std::optional<Cause> judge(const Usage& usage);
  void measure_scratch();
  void exceed(Cause cause);

  uv::Loop& loop_;
  int pid_;
  std::string folder_;
  RunLimits limits_;
  Usage ready_;
  std::function<void(Cause)> on_exceeded_;
  std::optional<UsageReader>
      reader_;  // opened at the first look, which most programs don't live to see
  uv::Owned<uv::Timer> timer_;
  std::unique_ptr<uv::Work> measuring_;
  TimePoint measure_at_;
  std::size_t peak_kb_ = 0;
};

// How long to wait before the next look at a folder of this size: less, the less it takes to fill
// it up.
milliseconds scratch_pause(const FolderSize& size, const RunLimits& limits);

// Measures a program's folder on another thread and tells its size on the loop. Dropping the Work
// cancels.
std::unique_ptr<uv::Work> measure_off_loop(uv::Loop& loop, std::string folder,
                                           const RunLimits& limits,
                                           std::function<void(const FolderSize&)> on_measured);

}  // namespace playground::exec

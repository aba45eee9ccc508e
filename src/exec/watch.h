// Watch: looks at a running program from outside, every few milliseconds, and tells when it uses
// more than it may: memory, CPU time, threads; and, less often because it takes longer, what lies
// in its folder.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "exec/folder_size.h"
#include "exec/limits.h"
#include "exec/usage.h"
#include "exec/verdict.h"
#include "uv/timer.h"
#include "uv/work.h"

namespace playground::exec {

class Watch {
 public:
  // `folder` must stay open until stop(), or as long as the Watch lives. `ready` is what the worker
  // had used before the program began. `on_exceeded` comes at most once and may drop the Watch.
  Watch(uv::Loop& loop, int pid, FolderView folder, const RunLimits& limits, const Usage& ready,
        std::function<void(Cause)> on_exceeded);

  // It looks no more, and tells nothing; what it has seen stays known.
  void stop();

  // The most that was seen, above the ready state.
  std::size_t peak_kb() const { return peak_kb_; }

  // What it uses now; nullopt once it has ended.
  std::optional<Usage> usage();

  // Whether a file system of the program's own was full when it was last looked at.
  bool scratch_full() const { return scratch_full_; }

 private:
  void look();
  std::optional<Cause> judge(const Usage& usage);
  void measure_scratch();
  void exceed(Cause cause);

  uv::Loop& loop_;
  int pid_;
  FolderView folder_;
  RunLimits limits_;
  Usage ready_;
  std::function<void(Cause)> on_exceeded_;
  std::optional<UsageReader>
      reader_;  // opened at the first look, which most programs don't live to see
  uv::Owned<uv::Timer> timer_;
  std::unique_ptr<uv::Work> measuring_;
  TimePoint measure_at_;
  std::size_t peak_kb_ = 0;
  bool scratch_full_ = false;
};

// How long to wait before the next look at a folder of this size: less, the less it takes to fill
// it up.
milliseconds scratch_pause(const FolderSize& size, const RunLimits& limits);

// Measures a program's folder on another thread and tells its size on the loop. Dropping the Work
// cancels; the folder may then be closed.
std::unique_ptr<uv::Work> measure_off_loop(uv::Loop& loop, FolderView folder,
                                           const RunLimits& limits,
                                           std::function<void(const FolderSize&)> on_measured);

// Whether a program that failed may have failed for want of space.
bool is_full(const FolderSize& size, const RunLimits& limits);

}  // namespace playground::exec

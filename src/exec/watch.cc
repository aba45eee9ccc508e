#include "exec/watch.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "base/unique_fd.h"

namespace playground::exec {
namespace {

// Memory is filled at some gigabytes a second: 5 ms are 10 to 20 MB beyond the limit.
constexpr milliseconds kInterval{5};

// Walking a folder costs time that grows with it; the pause is at least a multiple of what the last
// walk took.
constexpr int kScratchPauses = 10;

// How long an idle program may go unlooked at, and how fast a busy one can write to memory.
constexpr milliseconds kScratchInterval{20};
constexpr std::size_t kBytesPerMs = std::size_t{2} << 20;
constexpr std::size_t kEntriesPerMs = 500;

// One file may be as large as all together (RLIMIT_FSIZE), and main.py lies beside it: a program
// that is told so by an error is to get to say it.
constexpr std::size_t kBesideOneFile = 64 * 1024;

// A write that failed for want of space leaves less than this.
constexpr std::size_t kFullWithin = 64 * 1024;

bool over_scratch(const FolderSize& size, const RunLimits& limits) {
  return size.bytes > limits.scratch_bytes + kBesideOneFile ||
         size.entries > limits.scratch_entries;
}

std::size_t room(std::size_t limit, std::size_t used) {
  return limit - std::min(limit, used);
}

}  // namespace

milliseconds scratch_pause(const FolderSize& size, const RunLimits& limits) {
  std::size_t soonest = std::min(room(limits.scratch_bytes, size.bytes) / kBytesPerMs,
                                 room(limits.scratch_entries, size.entries) / kEntriesPerMs);
  return std::clamp(milliseconds(soonest), kInterval, kScratchInterval);
}

std::unique_ptr<uv::Work> measure_off_loop(uv::Loop& loop, FolderView folder,
                                           const RunLimits& limits,
                                           std::function<void(const FolderSize&)> on_measured) {
  // Belongs to the job as well, which may run on after the Work was dropped.
  struct Measuring {
    UniqueFd folder;
    FolderSize size;
  };
  auto both = std::make_shared<Measuring>();
  both->folder.reset(::fcntl(folder.fd, F_DUPFD_CLOEXEC, 0));
  auto job = [both, own_volume = folder.own_volume, most = limits.scratch_entries] {
    int fd = both->folder.get();
    both->size = own_volume ? measure_volume(fd) : measure_folder(fd, most);
  };
  return uv::Work::start(loop, std::move(job),
                         [both, tell = std::move(on_measured)] { tell(both->size); });
}

bool is_full(const FolderSize& size, const RunLimits& limits) {
  // To within what one more block or file would take.
  return size.bytes + kFullWithin >= limits.scratch_bytes || size.entries >= limits.scratch_entries;
}

Watch::Watch(uv::Loop& loop, int pid, FolderView folder, const RunLimits& limits,
             const Usage& ready, std::function<void(Cause)> on_exceeded)
    : loop_(loop),
      pid_(pid),
      folder_(folder),
      limits_(limits),
      ready_(ready),
      on_exceeded_(std::move(on_exceeded)),
      timer_(uv::Timer::create(loop, [this] { look(); })),
      measure_at_(Clock::now() + scratch_pause({}, limits)) {
  timer_->repeat(kInterval);
}

std::optional<Usage> Watch::usage() {
  if (!reader_) reader_.emplace(pid_);
  return reader_->read();
}

void Watch::look() {
  auto usage = this->usage();
  if (!usage) return;  // it has ended: the pidfd tells
  if (auto cause = judge(*usage)) {
    exceed(*cause);
    return;
  }
  if (measuring_ == nullptr && Clock::now() >= measure_at_) measure_scratch();
}

std::optional<Cause> Watch::judge(const Usage& usage) {
  std::size_t above_kb = usage.resident_kb - std::min(usage.resident_kb, ready_.resident_kb);
  peak_kb_ = std::max(peak_kb_, above_kb);
  if (above_kb * 1024 > limits_.memory_bytes) return Cause::memory;
  if (usage.cpu - ready_.cpu > limits_.cpu) return Cause::cpu;
  if (usage.threads > limits_.threads) return Cause::threads;
  return std::nullopt;
}

void Watch::measure_scratch() {
  TimePoint begun = Clock::now();
  measuring_ = measure_off_loop(loop_, folder_, limits_, [this, begun](const FolderSize& size) {
    measuring_.reset();
    TimePoint now = Clock::now();
    measure_at_ = now + std::max<Clock::duration>(scratch_pause(size, limits_),
                                                  (now - begun) * kScratchPauses);
    scratch_full_ = folder_.own_volume && is_full(size, limits_);
    if (over_scratch(size, limits_)) exceed(Cause::disk);
  });
}

void Watch::stop() {
  timer_->stop();
  measuring_.reset();
}

void Watch::exceed(Cause cause) {
  stop();
  auto tell = std::move(on_exceeded_);
  tell(cause);
}

}  // namespace playground::exec

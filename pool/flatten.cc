#include "pool/flatten.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "pool/ask_copy.h"
#include "pool/flat_copy.h"
#include "pool/io.h"
#include "pool/memory_map.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

// What a trial says, through a pipe.
struct Trial {
  int error = 0;
  const char* step = "";  // static text: the copy has it at the same address
  std::size_t mappings = 0;
  double run_us = 0;
};

constexpr int kRuns = 20;

// Below this the memory that it takes is not worth it. Others on the machine may have been in the
// way: it mostly pays much more.
constexpr double kWorthIt = 0.95;
constexpr int kTrials = 3;

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

double cpu_us(int who) {
  rusage used{};
  ::getrusage(who, &used);
  return microseconds(used.ru_utime) + microseconds(used.ru_stime);
}

[[noreturn]] void be_worker(bool (*rehearse)()) {
  PyOS_AfterFork_Child();
  ::_exit(rehearse() ? 0 : 1);
}

// CPU time of both sides, which others on the machine disturb least; of several tries the least.
double run_us(bool (*rehearse)()) {
  double least = 1e9;
  for (int i = 0; i < kRuns; ++i) {
    const double start = cpu_us(RUSAGE_SELF) + cpu_us(RUSAGE_CHILDREN);
    PyOS_BeforeFork();
    const pid_t pid = ::fork();
    if (pid == 0) be_worker(rehearse);
    PyOS_AfterFork_Parent();
    wait_for_end(pid);
    least = std::min(least, cpu_us(RUSAGE_SELF) + cpu_us(RUSAGE_CHILDREN) - start);
  }
  return least;
}

bool flatten(MemoryMap& map, Trial& trial) {
  sigset_t all, before;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  trial.step = "/proc/self/maps";
  bool done = read_memory_map(map);
  for (std::size_t i = 0; done && i < map.cluster_count; ++i) {
    done = copy_flat(map, map.clusters[i], &trial.step);
  }
  trial.error = done ? 0 : errno;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  return done;
}

Trial find_out(MemoryMap& map, bool (*rehearse)()) {
  Trial trial;
  if (flatten(map, trial) && read_memory_map(map)) {
    trial.mappings = map.mappings;
    trial.run_us = run_us(rehearse);
  }
  return trial;
}

Trial try_out(MemoryMap& map, bool (*rehearse)()) {
  Trial trial;
  trial.step = "a trial";
  trial.error = EIO;  // it ended without a word
  ask_copy(trial, [&] { return find_out(map, rehearse); });
  return trial;
}

bool pays(const Trial& trial, double now_us) {
  return trial.error == 0 && trial.run_us < kWorthIt * now_us;
}

}  // namespace

void flatten_memory(bool (*rehearse)(), char* report, std::size_t size) {
  void* const memory = ::mmap(nullptr, sizeof(MemoryMap), PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    std::snprintf(report, size, "off: mmap: %s", std::strerror(errno));
    return;
  }
  auto& map = *static_cast<MemoryMap*>(memory);
  const std::size_t before = read_memory_map(map) ? map.mappings : 0;
  Trial trial;
  double now_us = 0;
  for (int i = 0; i < kTrials && !pays(trial, now_us); ++i) {
    now_us = run_us(rehearse);
    trial = try_out(map, rehearse);
    if (trial.error != 0) break;
  }
  if (pays(trial, now_us)) {
    if (flatten(map, trial)) {
      std::snprintf(report, size, "on, %zu mappings are %zu, a worker's %.0f us are %.0f", before,
                    trial.mappings, now_us, trial.run_us);
    }
  } else if (trial.error == 0) {
    std::snprintf(report, size, "off: a worker would take %.0f us instead of %.0f", trial.run_us,
                  now_us);
  }
  if (trial.error != 0) {
    std::snprintf(report, size, "off: %s: %s", trial.step, std::strerror(trial.error));
  }
  ::munmap(memory, sizeof(MemoryMap));
}

}  // namespace playground::pool

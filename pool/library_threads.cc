#include "pool/library_threads.h"

#include <dirent.h>
#include <dlfcn.h>
#include <link.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstring>

#include "pool/io.h"

namespace playground::pool {
namespace {

// omp_pause_resource_all(omp_pause_hard): OpenMP 5.0, 3.2.44 and 3.2.45. Threads end, and the next
// parallel region starts others.
using PauseAll = int (*)(int kind);
constexpr int kPauseHard = 2;

// libgomp, libomp, libiomp5; packages bring copies of their own.
struct Runtimes {
  static constexpr int kMost = 16;
  char paths[kMost][PATH_MAX];
  int count = 0;
};

int note_runtime(dl_phdr_info* object, std::size_t, void* context) {
  auto& runtimes = *static_cast<Runtimes*>(context);
  const char* const slash = std::strrchr(object->dlpi_name, '/');
  if (slash == nullptr || std::strstr(slash, "omp") == nullptr) return 0;
  if (runtimes.count == Runtimes::kMost) return 1;
  std::snprintf(runtimes.paths[runtimes.count++], PATH_MAX, "%s", object->dlpi_name);
  return 0;
}

void pause_openmp() {
  static Runtimes runtimes;
  runtimes.count = 0;
  ::dl_iterate_phdr(note_runtime, &runtimes);
  for (int i = 0; i < runtimes.count; ++i) {
    void* const library = ::dlopen(runtimes.paths[i], RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) continue;
    const auto pause = reinterpret_cast<PauseAll>(::dlsym(library, "omp_pause_resource_all"));
    if (pause != nullptr) pause(kPauseHard);
    ::dlclose(library);
  }
}

void run_fork_handlers() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  wait_for_end(child);
}

}  // namespace

int count_threads() {
  DIR* const tasks = ::opendir("/proc/self/task");
  if (tasks == nullptr) return 1;
  int count = 0;
  while (const dirent* entry = ::readdir(tasks)) count += entry->d_name[0] != '.' ? 1 : 0;
  ::closedir(tasks);
  return count > 0 ? count : 1;
}

// A thread that has been joined, or was told to end, is listed for some microseconds more.
void end_library_threads() {
  constexpr timespec kMoment{0, 1'000'000};
  constexpr int kMoments = 50;
  run_fork_handlers();
  if (count_threads() == 1) return;
  pause_openmp();
  for (int i = 0; i < kMoments && count_threads() > 1; ++i) ::nanosleep(&kMoment, nullptr);
}

}  // namespace playground::pool

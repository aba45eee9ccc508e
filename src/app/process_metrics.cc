#include "app/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

#include "app/metric_families.h"

namespace playground::app {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Field 22 of /proc/self/stat (proc(5)): ticks from the machine's start to the process's. The
// second field is the program's name in parentheses, which may hold blanks.
std::optional<double> ticks_at_start() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::size_t field = line.rfind(')');
  for (int skipped = 2; skipped < 22 && field != std::string::npos; ++skipped) {
    field = line.find(' ', field + 1);
  }
  if (field == std::string::npos) return std::nullopt;
  return std::stod(line.substr(field));
}

std::optional<double> start_of_machine() {
  std::ifstream file("/proc/stat");
  std::string name;
  while (file >> name) {
    double value = 0;
    if (name == "btime" && file >> value) return value;
    std::getline(file, name);
  }
  return std::nullopt;
}

}  // namespace

ProcessMetrics::ProcessMetrics(prometheus::Registry& registry)
    : resident_bytes_(gauge(registry, "process_resident_memory_bytes", "Resident memory.")),
      virtual_bytes_(gauge(registry, "process_virtual_memory_bytes", "Virtual memory.")),
      open_files_(gauge(registry, "process_open_fds", "Open descriptors.")),
      max_files_(gauge(registry, "process_max_fds", "Descriptors that may be open.")),
      start_time_(gauge(registry, "process_start_time_seconds",
                        "When the process was started, in seconds since 1970.")),
      cpu_seconds_(
          counter(registry, "process_cpu_seconds_total", "CPU time in user and system mode.")) {
  auto machine = start_of_machine();
  auto ticks = ticks_at_start();
  if (machine && ticks) {
    start_time_.Set(*machine + *ticks / static_cast<double>(::sysconf(_SC_CLK_TCK)));
  }
}

void ProcessMetrics::read() {
  double virtual_pages = 0;
  double resident_pages = 0;
  if (std::ifstream file("/proc/self/statm"); file >> virtual_pages >> resident_pages) {
    auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    virtual_bytes_.Set(virtual_pages * page);
    resident_bytes_.Set(resident_pages * page);
  }
  double open = -1;  // the one by which they are listed
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc/self/fd", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) ++open;
  if (!error) open_files_.Set(open);

  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) max_files_.Set(static_cast<double>(files.rlim_cur));
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) == 0) {
    raise_to(cpu_seconds_, seconds(usage.ru_utime) + seconds(usage.ru_stime));
  }
}

}  // namespace playground::app

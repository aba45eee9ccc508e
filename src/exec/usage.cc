#include "exec/usage.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <string>

#include "base/text.h"

namespace playground::exec {
namespace {

constexpr std::size_t kThreadsField = 20;
constexpr std::size_t kResidentField = 24;

// The kernel's number of the clock that counts a process's CPU time (clock_getcpuclockid(3) makes
// the same number, after asking whether the process exists).
clockid_t cpu_clock(int pid) {
  constexpr int kProcessScheduled = 2;
  return static_cast<clockid_t>((~static_cast<unsigned>(pid) << 3) | kProcessScheduled);
}

}  // namespace

std::optional<Usage> parse_stat(std::string_view line, std::size_t page_bytes) {
  std::size_t name_end = line.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  auto fields = split_list(line.substr(name_end + 1), ' ');
  // What follows the name is field 3.
  auto field = [&](std::size_t number) {
    return number - 3 < fields.size() ? parse_unsigned(fields[number - 3]) : std::nullopt;
  };
  auto threads = field(kThreadsField);
  auto pages = field(kResidentField);
  if (!threads || !pages) return std::nullopt;
  Usage usage;
  usage.threads = *threads;
  usage.runnable = fields.front() == "R";
  usage.resident_kb = *pages * (page_bytes / 1024);
  return usage;
}

UsageReader::UsageReader(int pid)
    : pid_(pid),
      stat_(::open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC)) {}

std::optional<microseconds> cpu_time(int pid) {
  timespec cpu{};
  if (::clock_gettime(cpu_clock(pid), &cpu) != 0) return std::nullopt;
  return microseconds{cpu.tv_sec * 1'000'000 + cpu.tv_nsec / 1000};
}

std::optional<Usage> UsageReader::read() const {
  static const auto page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  char line[1024];
  ssize_t size = ::pread(stat_.get(), line, sizeof(line), 0);
  if (size <= 0) return std::nullopt;
  auto usage = parse_stat({line, static_cast<std::size_t>(size)}, page_bytes);
  auto cpu = cpu_time(pid_);
  if (!usage || !cpu) return std::nullopt;
  usage->cpu = *cpu;
  return usage;
}

}  // namespace playground::exec

#include "exec/usage.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace playground::exec {
namespace {

// As proc(5) numbers them; the name is the second, the state follows it.
constexpr std::size_t kStateField = 3;
constexpr std::size_t kThreadsField = 20;
constexpr std::size_t kResidentField = 24;

// The kernel's number of the clock that counts a process's CPU time (clock_getcpuclockid(3) makes
// the same number, after asking whether the process exists).
clockid_t cpu_clock(int pid) {
  constexpr int kProcessScheduled = 2;
  return static_cast<clockid_t>((~static_cast<unsigned>(pid) << 3) | kProcessScheduled);
}

// Cuts off the first field and the blank behind it.
std::string_view take_field(std::string_view& rest) {
  std::string_view field = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(field.size() + 1, rest.size()));
  return field;
}

void skip_fields(std::string_view& rest, std::size_t count) {
  while (count-- > 0) take_field(rest);
}

}  // namespace

std::optional<Usage> parse_stat(std::string_view line, std::size_t page_bytes) {
  std::size_t name_end = line.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(name_end + 1);
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  std::string_view state = take_field(rest);
  skip_fields(rest, kThreadsField - kStateField - 1);
  auto threads = parse_unsigned(take_field(rest));
  skip_fields(rest, kResidentField - kThreadsField - 1);
  auto pages = parse_unsigned(take_field(rest));
  if (!threads || !pages) return std::nullopt;
  Usage usage;
  usage.threads = *threads;
  usage.runnable = state == "R";
  usage.resident_kb = *pages * (page_bytes / 1024);
  return usage;
}

UniqueFd open_proc(int pid, const char* name) {
  char path[64];
  ::snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
  return UniqueFd(::open(path, O_RDONLY | O_CLOEXEC));
}

UsageReader::UsageReader(int pid) : pid_(pid), stat_(open_proc(pid, "stat")) {}

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

#include "exec/final_usage.h"

#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "exec/usage.h"
#include "pool/protocol.h"

namespace playground::exec {

// "Name:" is the first line; no name can hold a line's end, which the kernel escapes.
std::optional<std::size_t> parse_peak(std::string_view status, std::string_view name) {
  constexpr std::string_view kName = "Name:\t", kPeak = "\nVmHWM:";
  if (!status.starts_with(kName)) return std::nullopt;
  if (status.substr(kName.size(), status.find('\n') - kName.size()) != name) return std::nullopt;
  std::size_t at = status.find(kPeak);
  if (at == status.npos) return std::nullopt;
  std::string_view value = status.substr(at + kPeak.size());
  value = value.substr(0, value.find(" kB\n"));
  value.remove_prefix(std::min(value.find_first_not_of("\t "), value.size()));
  return parse_unsigned(value);
}

FinalUsageReader::FinalUsageReader(int pid) : pid_(pid), status_(open_proc(pid, "status")) {}

std::optional<FinalUsage> FinalUsageReader::read() const {
  char text[4096];
  ssize_t size = ::pread(status_.get(), text, sizeof(text), 0);
  if (size <= 0) return std::nullopt;
  auto peak = parse_peak({text, static_cast<std::size_t>(size)}, protocol::kEndedName);
  auto cpu = cpu_time(pid_);
  if (!peak || !cpu) return std::nullopt;
  return FinalUsage{*cpu, *peak};
}

}  // namespace playground::exec

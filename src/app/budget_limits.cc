// Reading the limits of budget.h: cgroups, resource limits, the scratch volume.
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <string_view>

#include "app/budget.h"
#include "base/cgroup.h"
#include "base/text.h"

namespace playground::app {
namespace {

// cgroup v1 writes "unlimited" as the largest number of whole pages.
constexpr std::uint64_t kUnlimited = std::uint64_t{1} << 62;

std::optional<std::uint64_t> read_limit(const std::string& path) {
  auto line = first_line(path);
  if (!line) return std::nullopt;
  auto value = parse_unsigned(trim(*line));  // "max" is no number
  if (!value || *value >= kUnlimited) return std::nullopt;
  return value;
}

// The lowest from the process's own group up to the mount point. In a container the path may be one
// that exists only outside of it; what is mounted there is then the container's own group.
void lower_to(std::optional<ResourceLimit>& lowest, const CgroupHierarchy& hierarchy,
              const std::string& file) {
  for (const std::string& path : ancestry(hierarchy.path)) {
    auto value = read_limit(hierarchy.mount + path + "/" + file);
    if (value && (!lowest || *value < lowest->value)) {
      lowest = ResourceLimit{*value, file + " of cgroup " + (path.empty() ? "/" : path)};
    }
  }
}

std::optional<ResourceLimit> cgroup_limit(std::string_view controller, const std::string& v1_file,
                                          const std::string& v2_file,
                                          const CgroupSources& sources) {
  std::optional<ResourceLimit> lowest;
  for (const CgroupHierarchy& hierarchy : cgroup_hierarchies(controller, sources)) {
    lower_to(lowest, hierarchy, hierarchy.unified ? v2_file : v1_file);
  }
  return lowest;
}

// RLIMIT_NPROC is not applied to root (setrlimit(2)).
void lower_to_user_limit(std::optional<ResourceLimit>& lowest) {
  rlimit processes{};
  if (::geteuid() == 0 || ::getrlimit(RLIMIT_NPROC, &processes) != 0) return;
  if (processes.rlim_cur == RLIM_INFINITY) return;
  if (lowest && lowest->value <= processes.rlim_cur) return;
  lowest = ResourceLimit{processes.rlim_cur, "RLIMIT_NPROC, for all processes of the user"};
}

std::uint64_t read_machine_memory(const std::string& path) {
  std::ifstream file(path);
  std::string name;
  std::uint64_t kilobytes = 0;
  while (file >> name >> kilobytes) {
    if (name == "MemTotal:") return kilobytes * 1024;
    std::getline(file, name);
  }
  return 0;
}

}  // namespace

ResourceLimits read_limits(const std::string& scratch_dir, const LimitSources& sources) {
  ResourceLimits limits;
  limits.memory = cgroup_limit("memory", "memory.limit_in_bytes", "memory.max", sources.cgroups);
  limits.processes = cgroup_limit("pids", "pids.max", "pids.max", sources.cgroups);
  lower_to_user_limit(limits.processes);
  limits.cpu = read_cpu_limit(sources.cgroups);
  limits.machine_memory = read_machine_memory(sources.memory_info);

  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) limits.open_files = files.rlim_max;
  struct statvfs volume {};
  if (::statvfs(scratch_dir.c_str(), &volume) == 0) {
    limits.scratch_total = std::uint64_t{volume.f_blocks} * volume.f_frsize;
    limits.scratch_free = std::uint64_t{volume.f_bavail} * volume.f_frsize;
  }
  return limits;
}

}  // namespace playground::app

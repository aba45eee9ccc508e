#include "base/cpu_limit.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <thread>

#include "base/text.h"

namespace playground {
namespace {

// sched_getaffinity(2); a machine of more than CPU_SETSIZE cores has no mask that fits.
unsigned cores_of_mask() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof mask, &mask) == 0) {
    return static_cast<unsigned>(CPU_COUNT(&mask));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

std::optional<std::uint64_t> number_in(std::istream& file) {
  std::string word;
  file >> word;
  return parse_unsigned(word);  // no number: "max" in version 2, "-1" in version 1
}

// "QUOTA PERIOD" of cpu.max, in microseconds.
std::optional<double> quota_of_version2(const std::string& folder) {
  std::ifstream file(folder + "/cpu.max");
  auto quota = number_in(file);
  auto period = number_in(file);
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<double> quota_of_version1(const std::string& folder) {
  std::ifstream quota_file(folder + "/cpu.cfs_quota_us");
  std::ifstream period_file(folder + "/cpu.cfs_period_us");
  auto quota = number_in(quota_file);
  auto period = number_in(period_file);
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

}  // namespace

CpuLimit read_cpu_limit(const CgroupSources& sources) {
  CpuLimit lowest{static_cast<double>(cores_of_mask()), "CPU mask"};
  for (const CgroupHierarchy& hierarchy : cgroup_hierarchies("cpu", sources)) {
    for (const std::string& path : ancestry(hierarchy.path)) {
      std::string folder = hierarchy.mount + path;
      auto quota = hierarchy.unified ? quota_of_version2(folder) : quota_of_version1(folder);
      if (!quota || *quota >= lowest.cores) continue;
      std::string file = hierarchy.unified ? "cpu.max" : "cpu.cfs_quota_us";
      lowest = {*quota, file + " of cgroup " + (path.empty() ? "/" : path)};
    }
  }
  return lowest;
}

unsigned whole_cores(const CpuLimit& limit) {
  return std::max(1U, static_cast<unsigned>(std::ceil(limit.cores)));
}

}  // namespace playground

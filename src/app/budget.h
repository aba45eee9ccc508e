// Budget: whether what the configuration promises fits into what this process is given: memory,
// processes, descriptors, the scratch volume. The sums are pure; reading the limits is apart from
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/cgroup.h"
#include "base/cpu_limit.h"
#include "base/result.h"

namespace playground::app {

// Where limits are read; tests put a tree of their own here.
struct LimitSources {
  CgroupSources cgroups;
  std::string memory_info = "/proc/meminfo";
};

struct ResourceLimit {
  std::uint64_t value = 0;
  std::string from;  // "memory.max of /kubepods/pod1"
};

struct ResourceLimits {
  std::optional<ResourceLimit> memory;  // bytes; the lowest of the cgroup and its ancestors
  std::optional<ResourceLimit>
      processes;  // the lowest of the cgroup's, its ancestors' and RLIMIT_NPROC
  CpuLimit cpu;
  std::uint64_t machine_memory = 0;  // bytes; 0 where unknown
  std::uint64_t open_files = 0;      // RLIMIT_NOFILE
  std::uint64_t scratch_total = 0;   // bytes of the volume of scratch_dir; 0 where unknown
  std::uint64_t scratch_free = 0;
};

// cgroup v2, v1 and both at once. What can't be read counts as unlimited.
ResourceLimits read_limits(const std::string& scratch_dir, const LimitSources& sources = {});

struct BudgetLine {
  enum class Verdict {
    fits,
    doubtful,  // may not be there when it is needed: worth a warning
    exceeded,  // refused at start
  };
  std::string name;  // "memory"
  Verdict verdict = Verdict::fits;
  std::string detail;  // one line with the sum, the variables in it, and the limit
};

std::vector<BudgetLine> make_budget(const Config& config, unsigned roles,
                                    const ResourceLimits& limits);

// The details of what is exceeded; empty when all fits.
std::vector<std::string> exceeded(const std::vector<BudgetLine>& budget);

// Raises the soft RLIMIT_NOFILE to the hard one, which it returns.
Result<std::uint64_t> raise_open_files();

// The most connections that a listener may hold so that the pool's descriptors, those to backends
// and a reserve are left; at least 1. Used for MAX_CONNECTIONS' default.
std::uint64_t connections_within(std::uint64_t open_files, const Config& config, unsigned roles);

}  // namespace playground::app

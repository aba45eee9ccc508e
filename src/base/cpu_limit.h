// How much CPU this process may use: the cores that its mask allows, and less where a cgroup has a
// quota.
#pragma once

#include <string>

#include "base/cgroup.h"

namespace playground {

struct CpuLimit {
  double cores = 1;  // 1.5: three milliseconds of CPU time in two
  std::string from;  // "CPU mask", "cpu.max of cgroup /kubepods/pod1"
};

// cgroup v2 and v1: the lowest quota of the group and those that it lies in. What can't be read
// counts as unlimited.
CpuLimit read_cpu_limit(const CgroupSources& sources = {});

// Rounded up, at least 1: as many can compute at the same time.
unsigned whole_cores(const CpuLimit& limit);

}  // namespace playground

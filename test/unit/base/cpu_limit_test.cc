#include "base/cpu_limit.h"

#include <gtest/gtest.h>

#include "test/unit/base/cgroup_tree.h"

namespace playground {
namespace {

// Quotas are a part of one core, for nobody knows how many the machine has.
class Cpu : public CgroupTree {
 protected:
  CpuLimit read() { return read_cpu_limit(sources()); }
};

TEST_F(Cpu, WithoutQuotaIsThatOfTheMask) {
  write("self", "0::/pod\n4:cpu,cpuacct:/pod\n");
  write("cgroup/cpu.max", "max 100000\n");
  write("cgroup/cpu,cpuacct/pod/cpu.cfs_quota_us", "-1\n");
  write("cgroup/cpu,cpuacct/pod/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(read().from, "CPU mask");
  EXPECT_GE(read().cores, 1);
}

TEST_F(Cpu, QuotaOfVersion2IsTheLowestUpTheHierarchy) {
  write("self", "0::/kubepods/pod/container\n");
  write("cgroup/kubepods/pod/container/cpu.max", "75000 100000\n");
  write("cgroup/kubepods/pod/cpu.max", "25000 100000\n");
  write("cgroup/kubepods/cpu.max", "max 100000\n");
  EXPECT_EQ(read().cores, 0.25);
  EXPECT_EQ(read().from, "cpu.max of cgroup /kubepods/pod");
}

TEST_F(Cpu, QuotaOfVersion1IsReadWhereItsControllersLie) {
  write("self", "4:cpu,cpuacct:/docker/0123\n");
  write("cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n");
  write("cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(read().cores, 0.5);
  EXPECT_EQ(read().from, "cpu.cfs_quota_us of cgroup /");
}

TEST_F(Cpu, QuotaThatCantBeReadIsNone) {
  write("self", "0::/\n");
  write("cgroup/cpu.max", "1 0\n");
  EXPECT_EQ(read().from, "CPU mask");
  write("cgroup/cpu.max", "");
  EXPECT_EQ(read().from, "CPU mask");
}

TEST_F(Cpu, QuotaAboveTheMaskIsTheMask) {
  write("self", "0::/\n");
  write("cgroup/cpu.max", "100000000 100\n");
  EXPECT_EQ(read().from, "CPU mask");
}

TEST(WholeCores, AreRoundedUp) {
  EXPECT_EQ(whole_cores({0.1, ""}), 1U);
  EXPECT_EQ(whole_cores({1, ""}), 1U);
  EXPECT_EQ(whole_cores({1.5, ""}), 2U);
  EXPECT_EQ(whole_cores({4, ""}), 4U);
}

}  // namespace
}  // namespace playground

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/budget.h"
#include "test/unit/base/cgroup_tree.h"

namespace playground::app {
namespace {

class Limits : public CgroupTree {
 protected:
  Limits() { write("meminfo", "MemTotal:       2048 kB\nMemFree:        1 kB\n"); }

  ResourceLimits read() {
    return read_limits("/tmp", {.cgroups = sources(), .memory_info = folder_ + "/meminfo"});
  }

  // RLIMIT_NPROC would be mixed into the processes of the cgroups.
  static bool user_limit_applies() { return ::geteuid() != 0; }
};

TEST_F(Limits, OfVersion2AreTheLowestUpTheHierarchy) {
  write("self", "0::/kubepods/pod1/container\n");
  write("cgroup/kubepods/pod1/container/memory.max", "3000000\n");
  write("cgroup/kubepods/pod1/memory.max", "2000000\n");
  write("cgroup/kubepods/memory.max", "max\n");
  write("cgroup/kubepods/pod1/container/pids.max", "50\n");
  write("cgroup/kubepods/pids.max", "60\n");
  ResourceLimits limits = read();
  ASSERT_TRUE(limits.memory.has_value());
  EXPECT_EQ(limits.memory->value, 2'000'000U);
  EXPECT_EQ(limits.memory->from, "memory.max of cgroup /kubepods/pod1");
  ASSERT_TRUE(limits.processes.has_value());
  EXPECT_EQ(limits.processes->value, 50U);
  EXPECT_EQ(limits.processes->from, "pids.max of cgroup /kubepods/pod1/container");
}

TEST_F(Limits, OfVersion2InANamespaceAreAtTheMountPoint) {
  write("self", "0::/\n");
  write("cgroup/memory.max", "1000\n");
  ResourceLimits limits = read();
  ASSERT_TRUE(limits.memory.has_value());
  EXPECT_EQ(limits.memory->value, 1000U);
  EXPECT_EQ(limits.memory->from, "memory.max of cgroup /");
}

TEST_F(Limits, OfAPathThatExistsOnlyOutsideAreAtTheMountPoint) {
  write("self", "4:memory:/docker/0123\n");
  write("cgroup/memory/memory.limit_in_bytes", "1000\n");
  EXPECT_EQ(read().memory->value, 1000U);
}

TEST_F(Limits, OfVersion1HaveAFolderForEachController) {
  write("self", "9:name=systemd:/a\n8:pids:/a/b\n4:memory:/a/b\n3:cpu,cpuacct:/\n");
  write("cgroup/memory/a/b/memory.limit_in_bytes", "9223372036854771712\n");
  write("cgroup/memory/a/memory.limit_in_bytes", "4096\n");
  write("cgroup/pids/a/b/pids.max", "7\n");
  write("cgroup/memory.max", "1\n");  // not a hierarchy of this process
  ResourceLimits limits = read();
  ASSERT_TRUE(limits.memory.has_value());
  EXPECT_EQ(limits.memory->value, 4096U);
  EXPECT_EQ(limits.memory->from, "memory.limit_in_bytes of cgroup /a");
  EXPECT_EQ(limits.processes->value, 7U);
}

TEST_F(Limits, OfVersion1MayHaveControllersTogether) {
  write("self", "4:memory,pids:/a\n");
  write("cgroup/memory,pids/a/memory.limit_in_bytes", "4096\n");
  EXPECT_EQ(read().memory->value, 4096U);
}

TEST_F(Limits, OfBothVersionsAreTheLowestOfBoth) {
  write("self", "4:memory:/a\n0::/b\n");
  write("cgroup/memory/a/memory.limit_in_bytes", "4096\n");
  write("cgroup/unified/b/memory.max", "2048\n");
  write("cgroup/unified/b/pids.max", "9\n");
  ResourceLimits limits = read();
  EXPECT_EQ(limits.memory->value, 2048U);
  EXPECT_EQ(limits.processes->value, 9U);
}

TEST_F(Limits, ThatAreNotSetAreNone) {
  write("self", "4:memory:/a\n0::/\n");
  write("cgroup/memory/a/memory.limit_in_bytes", "9223372036854771712\n");
  write("cgroup/unified/memory.max", "max\n");
  ResourceLimits limits = read();
  EXPECT_FALSE(limits.memory.has_value());
  EXPECT_TRUE(user_limit_applies() || !limits.processes.has_value());
}

TEST_F(Limits, WithoutCgroupsAreThoseOfTheMachine) {
  ResourceLimits limits = read();
  EXPECT_FALSE(limits.memory.has_value());
  EXPECT_EQ(limits.machine_memory, 2048U * 1024);
}

TEST_F(Limits, OfCpuTimeAreRead) {
  write("self", "0::/pod\n");
  write("cgroup/pod/cpu.max", "50000 100000\n");
  EXPECT_EQ(read().cpu.cores, 0.5);
  EXPECT_EQ(read().cpu.from, "cpu.max of cgroup /pod");
}

TEST_F(Limits, OfFilesAndTheVolumeAreRead) {
  ResourceLimits limits = read();
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  EXPECT_EQ(limits.open_files, files.rlim_max);
  EXPECT_GT(limits.scratch_total, 0U);
  EXPECT_GE(limits.scratch_total, limits.scratch_free);
}

TEST_F(Limits, OfAVolumeThatIsNotThereAreUnknown) {
  EXPECT_EQ(read_limits("/nowhere").scratch_total, 0U);
}

}  // namespace
}  // namespace playground::app

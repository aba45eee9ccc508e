#include "exec/cgroup_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "test/unit/base/cgroup_tree.h"

namespace playground::exec {
namespace {

namespace fs = std::filesystem;
using protocol::Tier;
using testing::HasSubstr;
using testing::StartsWith;

class CgroupProbe : public CgroupTree {
 protected:
  std::vector<SandboxLayer> probe() { return probe_cgroups(Tier::t2, sources()); }
};

TEST_F(CgroupProbe, HasARowForEachController) {
  auto layers = probe();
  ASSERT_EQ(layers.size(), 2u);
  EXPECT_EQ(layers[0].tier + " " + layers[0].name, "T2 memory cgroup");
  EXPECT_EQ(layers[1].tier + " " + layers[1].name, "T2 pids cgroup");
}

TEST_F(CgroupProbe, IsLeftOutBelowItsTier) {
  for (const SandboxLayer& layer : probe_cgroups(Tier::t1)) {
    EXPECT_EQ(layer.state, "off: PLAYGROUND_SANDBOX_MAX");
  }
}

TEST_F(CgroupProbe, TellsThatNoHierarchyHasTheController) {
  write("self", "0::/pod\n4:cpu:/pod\n");
  write("cgroup/pod/cgroup.controllers", "cpu io\n");
  EXPECT_EQ(probe()[0].state, "missing: no such controller here");
}

TEST_F(CgroupProbe, TellsThatVersion2IsNotDelegated) {
  write("self", "0::/pod\n");
  write("cgroup/pod/cgroup.controllers", "cpu memory pids\n");
  write("cgroup/pod/cgroup.subtree_control", "pids\n");
  auto layers = probe();
  EXPECT_EQ(layers[0].state, "missing: not delegated: cgroup.subtree_control lacks it");
  EXPECT_THAT(layers[1].state, StartsWith("missing: pids.max: "));
}

TEST_F(CgroupProbe, LeavesNoGroupAndRemovesThoseOfTheDead) {
  write("self", "4:memory:/pod\n8:pids:/pod\n");
  std::string dead = "/playground-probe-" + std::to_string(1 << 30);  // no pid is that high
  fs::create_directories(folder_ + "/cgroup/memory/pod" + dead);
  fs::create_directories(folder_ + "/cgroup/memory/pod/other");
  fs::create_directories(folder_ + "/cgroup/pids/pod");
  EXPECT_THAT(probe()[0].state, StartsWith("missing: memory.limit_in_bytes: "));
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder_ + "/cgroup/memory/pod")) {
    left.push_back(entry.path().filename());
  }
  EXPECT_EQ(left, std::vector<std::string>{"other"});
  EXPECT_TRUE(fs::is_empty(folder_ + "/cgroup/pids/pod"));
}

TEST_F(CgroupProbe, NamesTheStepThatFails) {
  write("self", "4:memory:/pod\n");  // the group's folder is missing, and its mount point too
  EXPECT_EQ(probe()[0].state, "missing: make a group: No such file or directory");
}

// Whatever this machine has.
TEST(CgroupProbeHere, NeverSaysThatALayerIsOn) {
  for (const SandboxLayer& layer : probe_cgroups(Tier::t2)) {
    EXPECT_FALSE(layer.on());
    EXPECT_THAT(layer.state,
                testing::AnyOf(StartsWith("missing: "), HasSubstr("off: moving a process takes ")));
  }
}

}  // namespace
}  // namespace playground::exec

#include "exec/sandbox_layers.h"

#include <gtest/gtest.h>

#include <cstring>

namespace playground::exec {
namespace {

using protocol::Tier;

Sandbox sandbox_of(Tier tier, const char* lines) {
  protocol::Hello hello;
  hello.tier = tier;
  std::strncpy(hello.layers, lines, sizeof(hello.layers) - 1);
  return read_sandbox(hello);
}

TEST(SandboxLayers, StandByTheirTiers) {
  Sandbox sandbox = sandbox_of(
      Tier::t0, "T1\tuser namespace\tmissing: unshare: No\nT0\tlandlock\ton, ABI 7\nnonsense\n");
  ASSERT_EQ(sandbox.layers.size(), 2u);
  EXPECT_EQ(sandbox.layers[0].name, "landlock");
  EXPECT_TRUE(sandbox.layers[0].on());
  EXPECT_EQ(sandbox.layers[1].tier, "T1");
  EXPECT_FALSE(sandbox.layers[1].on());
}

TEST(SandboxLayers, OfTheServerStandWithThoseOfTheZygote) {
  protocol::Hello hello;
  hello.tier = Tier::t1;
  std::strcpy(hello.layers, "T1\tuser namespace\ton\n");
  Sandbox sandbox = read_sandbox(hello, {{"T2", "memory cgroup", "off: why"}});
  ASSERT_EQ(sandbox.layers.size(), 2u);
  EXPECT_EQ(shortfall(sandbox, Tier::t2),
            "the sandbox reaches T1 and PLAYGROUND_SANDBOX demands T2; memory cgroup: off: why");
}

TEST(SandboxLayers, ShortfallNamesTheFirstLayerThatIsMissing) {
  Sandbox sandbox =
      sandbox_of(Tier::none, "T1\tuser namespace\tmissing: a\nT0\tlandlock\tmissing: b\n");
  EXPECT_EQ(shortfall(sandbox, Tier::t0),
            "the sandbox reaches none and PLAYGROUND_SANDBOX demands T0; landlock: missing: b");
  EXPECT_EQ(shortfall(sandbox, Tier::none), "");
  EXPECT_EQ(shortfall(sandbox_of(Tier::t1, ""), Tier::t1), "");
}

TEST(SandboxLayers, RefusedCallsThatAreNotToldAreNoShortfall) {
  Sandbox sandbox = sandbox_of(Tier::t0,
                               "T0\trefused calls\tnot told: seccomp: Busy\n"
                               "T1\tuser namespace\tmissing: a\n");
  EXPECT_EQ(shortfall(sandbox, Tier::t0), "");
  EXPECT_EQ(shortfall(sandbox, Tier::t1),
            "the sandbox reaches T0 and PLAYGROUND_SANDBOX demands T1; user namespace: missing: a");
}

}  // namespace
}  // namespace playground::exec

#include "app/budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "load.h"

namespace playground::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Verdict = BudgetLine::Verdict;

constexpr std::uint64_t kMb = 1024 * 1024;

// What the sums below are made with: 64 + 10 × (200 + 50) = 2564 MB, 16 + 10 + 4 + 6 = 36
// processes.
Config example() {
  return config_of({{"PLAYGROUND_MAX_RUNNING", "10"},
                    {"PLAYGROUND_MEMORY_MB", "200"},
                    {"PLAYGROUND_SCRATCH_MB", "50"},
                    {"PLAYGROUND_POOL_SIZE", "4"},
                    {"PLAYGROUND_POOL_MAX", "6"},
                    {"PLAYGROUND_MAX_CONNECTIONS", "100"}});
}

ResourceLimits roomy() {
  ResourceLimits limits;
  limits.machine_memory = 100'000 * kMb;
  limits.open_files = 20'000;
  limits.scratch_total = limits.scratch_free = 100'000 * kMb;
  return limits;
}

BudgetLine line(const std::string& name, const ResourceLimits& limits, unsigned roles = kAllRoles) {
  for (const BudgetLine& line : make_budget(example(), roles, limits)) {
    if (line.name == name) return line;
  }
  ADD_FAILURE() << "no line " << name;
  return {};
}

TEST(Budget, SaysHowMuchCpuThereIs) {
  ResourceLimits limits = roomy();
  limits.cpu = {1.5, "cpu.max of cgroup /pod"};
  EXPECT_EQ(line("cpu", limits).detail,
            "PLAYGROUND_MAX_RUNNING (10) on 1.5 cores (cpu.max of cgroup /pod)");
  limits.cpu.cores = 0.05;
  EXPECT_THAT(line("cpu", limits).detail, HasSubstr(" on 0.05 cores "));
}

TEST(Budget, FitsWhereNothingIsLimited) {
  auto budget = make_budget(example(), kAllRoles, roomy());
  EXPECT_EQ(budget.size(), 5U);
  for (const BudgetLine& line : budget) EXPECT_EQ(line.verdict, Verdict::fits) << line.detail;
  EXPECT_EQ(exceeded(budget).size(), 0U);
}

TEST(Budget, OfMemoryIsExactToTheByte) {
  ResourceLimits limits = roomy();
  limits.memory = {2564 * kMb, "memory.max of cgroup /pod"};
  EXPECT_EQ(line("memory", limits).verdict, Verdict::fits);
  limits.memory->value -= 1;
  EXPECT_EQ(line("memory", limits).verdict, Verdict::exceeded);
}

TEST(Budget, OfMemoryNamesVariablesSumAndLimit) {
  ResourceLimits limits = roomy();
  limits.memory = {2048 * kMb, "memory.max of cgroup /pod"};
  EXPECT_THAT(
      exceeded(make_budget(example(), kBackend, limits)),
      ElementsAre("memory: 64 MB + PLAYGROUND_MAX_RUNNING (10) × (PLAYGROUND_MEMORY_MB (200) + "
                  "PLAYGROUND_SCRATCH_MB (50)) = 2564 MB, above the limit of 2048 MB "
                  "(memory.max of cgroup /pod)"));
}

TEST(Budget, OfMemoryAboveTheMachinesIsDoubtfulWithoutALimit) {
  ResourceLimits limits = roomy();
  limits.machine_memory = 2000 * kMb;
  EXPECT_EQ(line("memory", limits).verdict, Verdict::doubtful);
  EXPECT_THAT(line("memory", limits).detail, HasSubstr("= 2564 MB, above the machine's 2000 MB"));
}

TEST(Budget, OfProcessesNamesVariablesSumAndLimit) {
  ResourceLimits limits = roomy();
  limits.processes = {36, "pids.max of cgroup /pod"};
  EXPECT_EQ(line("processes", limits).verdict, Verdict::fits);
  limits.processes->value = 35;
  EXPECT_THAT(
      exceeded(make_budget(example(), kBackend, limits)),
      ElementsAre("processes: 16 + PLAYGROUND_MAX_RUNNING (10) + PLAYGROUND_POOL_SIZE (4) + "
                  "PLAYGROUND_POOL_MAX (6) = 36, above the limit of 35 (pids.max of cgroup /pod)"));
}

TEST(Budget, CountsZygotesAndWarmWorkersOfEachInterpreter) {
  Config config = example();
  config.pythons = {{"a", "/a"}, {"b", "/b"}, {"c", "/c"}};
  ResourceLimits limits = roomy();
  limits.memory = {(2564 + 2 * 48) * kMb, "memory.max of cgroup /pod"};
  limits.processes = {10 + 3 * (4 + 6) + 16 + 2 * 6, "pids.max of cgroup /pod"};
  limits.open_files = 64 + 2 * 16 + 8 * (10 + 3 * (4 + 6)) + 100;
  EXPECT_TRUE(exceeded(make_budget(config, kBackend, limits)).empty());
  limits.memory->value -= 1;
  limits.processes->value -= 1;
  limits.open_files -= 1;
  EXPECT_THAT(
      exceeded(make_budget(config, kBackend, limits)),
      ElementsAre(
          HasSubstr("64 MB + 48 MB × (interpreters (3) - 1) + PLAYGROUND_MAX_"),
          HasSubstr(
              "16 + 6 × (interpreters (3) - 1) + PLAYGROUND_MAX_RUNNING (10) "
              "+ (PLAYGROUND_POOL_SIZE (4) + PLAYGROUND_POOL_MAX (6)) × interpreters (3) = 68"),
          HasSubstr("64 + 16 × (interpreters (3) - 1) + 8 × (PLAYGROUND_MAX_RUNNING "
                    "(10) + (PLAYGROUND_POOL_SIZE (4) + PLAYGROUND_POOL_MAX (6)) × "
                    "interpreters (3))")));
}

TEST(Budget, OfScratchIsAgainstTheVolume) {
  ResourceLimits limits = roomy();
  limits.scratch_total = limits.scratch_free = 500 * kMb;
  EXPECT_EQ(line("scratch", limits).verdict, Verdict::fits);
  limits.scratch_free -= 1;
  EXPECT_EQ(line("scratch", limits).verdict, Verdict::doubtful);
  limits.scratch_total -= 1;
  EXPECT_THAT(
      exceeded(make_budget(example(), kBackend, limits)),
      ElementsAre("scratch: PLAYGROUND_MAX_RUNNING (10) × PLAYGROUND_SCRATCH_MB (50) = 500 MB, "
                  "above the 499 MB of PLAYGROUND_SCRATCH_DIR /dev/shm"));
}

TEST(Budget, OfOpenFilesCountsWhatEachRoleHolds) {
  ResourceLimits limits = roomy();
  limits.open_files = 64 + 8 * 20 + 100;
  EXPECT_EQ(line("open files", limits, kBackend).verdict, Verdict::fits);
  limits.open_files -= 1;
  EXPECT_THAT(
      exceeded(make_budget(example(), kBackend, limits)),
      ElementsAre("open files: 64 + 8 × (PLAYGROUND_MAX_RUNNING (10) + PLAYGROUND_POOL_SIZE "
                  "(4) + PLAYGROUND_POOL_MAX (6)) + 1 × PLAYGROUND_MAX_CONNECTIONS (100) = 324, "
                  "above the limit of 323 "
                  "(RLIMIT_NOFILE)"));
  limits.open_files = 64 + 2 * 100;
  EXPECT_EQ(line("open files", limits, kUi).verdict, Verdict::fits);
  limits.open_files -= 1;
  EXPECT_EQ(line("open files", limits, kUi).verdict, Verdict::exceeded);
}

TEST(Budget, OfFurtherLoopsCountsTheirThreadsAndDescriptors) {
  Config config = config_of({{"PLAYGROUND_LOOPS", "4"},
                             {"PLAYGROUND_MAX_CONNECTIONS", "100"},
                             {"PLAYGROUND_MAX_RUNNING", "10"},
                             {"PLAYGROUND_POOL_SIZE", "4"},
                             {"PLAYGROUND_POOL_MAX", "6"},
                             {"PLAYGROUND_BACKENDS", "a=http://10.0.0.1,b=http://10.0.0.2"}});
  ResourceLimits limits = roomy();
  limits.processes = {36 + 3, "pids.max of cgroup /pod"};
  limits.open_files = 64 + 3 * (16 + 2) + 2 * 100;
  auto ui = make_budget(config, kUi, limits);
  ASSERT_EQ(ui.size(), 1U);
  EXPECT_EQ(ui[0].verdict, Verdict::fits);
  EXPECT_EQ(ui[0].detail,
            "64 + 18 × (PLAYGROUND_LOOPS (4) - 1) + 2 × PLAYGROUND_MAX_CONNECTIONS (100) = 318, "
            "within 318 (RLIMIT_NOFILE)");
  limits.open_files -= 1;
  EXPECT_EQ(make_budget(config, kUi, limits)[0].verdict, Verdict::exceeded);
  limits.open_files += 1000;
  EXPECT_EQ(exceeded(make_budget(config, kBackend, limits)).size(), 0U);
  limits.processes->value -= 1;
  EXPECT_THAT(exceeded(make_budget(config, kBackend, limits)),
              ElementsAre(HasSubstr("PLAYGROUND_POOL_MAX (6) + (PLAYGROUND_LOOPS (4) - 1) = 39, "
                                    "above the limit of 38")));
}

TEST(Budget, DefaultOfConnectionsLeavesRoomForLoops) {
  auto one = connections_within(20'000, config_of({}), kUi);
  auto many = connections_within(20'000, config_of({{"PLAYGROUND_LOOPS", "33"}}), kUi);
  EXPECT_EQ(one - many, 32U * 17 / 2);
}

TEST(Budget, DefaultOfConnectionsFitsForEveryRole) {
  for (unsigned roles : {+kBackend, +kUi, +kAllRoles}) {
    auto loaded = load({}, {}, roles);
    ASSERT_TRUE(loaded.has_value());
    ResourceLimits limits = roomy();
    limits.open_files = kMachine.open_files;
    EXPECT_EQ(exceeded(make_budget(loaded->config, roles, limits)).size(), 0U);
  }
}

TEST(Budget, OfAUiIsOpenFilesOnly) {
  auto budget = make_budget(example(), kUi, roomy());
  ASSERT_EQ(budget.size(), 1U);
  EXPECT_EQ(budget[0].name, "open files");
}

TEST(OpenFiles, AreRaisedToTheHardLimit) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low{before.rlim_max / 2, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  auto raised = raise_open_files();
  ASSERT_TRUE(raised.has_value());
  EXPECT_EQ(*raised, before.rlim_max);
  rlimit after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace playground::app

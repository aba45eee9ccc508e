// Where the workers of the pool come from, and who takes the place of those that are lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

using ::testing::HasSubstr;

class PoolWorkers : public PoolFixture {};

TEST_F(PoolWorkers, ReplacesAReadyWorkerThatWasKilled) {
  start_warm();
  Outcome who = run(program("import os\nprint(os.getppid())"));
  EXPECT_EQ(who.out, std::to_string(::getpid()) + "\n");
  run_until([&] { return pool_->stats().ready == 2; });
  // The newest children of this process's zygote are its ready workers: end one of them.
  std::set<int> zygote{interpreter().nursery.zygote_pid};
  int victim = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    int pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && ::getpgid(pid) == *zygote.begin() && pid != *zygote.begin()) victim = pid;
  }
  ASSERT_NE(victim, 0);
  ASSERT_EQ(::kill(victim, SIGKILL), 0);
  run_until([&] { return pool_->stats().workers_lost == 1 && pool_->stats().ready == 2; });
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
}

TEST_F(PoolWorkers, StartsAnotherZygoteWhenOneDies) {
  start_warm();
  ASSERT_EQ(::kill(interpreter().nursery.zygote_pid, SIGKILL), 0);
  run_until([&] { return interpreter().generation == 2 && pool_->stats().ready == 2; });
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
  EXPECT_THAT(events_, HasSubstr("zygote_ended SIGKILL"));
}

TEST_F(PoolWorkers, RenewsZygoteAndWorkersWithoutLosingAProgram) {
  start_warm();
  Answered slow;
  auto ticket = pool_->submit(program("input()\nprint('survived')"), keep(slow));
  pool_->renew();
  run_until([&] { return interpreter().generation == 2 && pool_->stats().ready == 2; });
  run_until([&] { return slow.outcome.has_value(); });
  EXPECT_THAT(slow.outcome->err, HasSubstr("EOFError"));
}

TEST_F(PoolWorkers, RenewsReadyWorkersThatNobodyUses) {
  start_warm();
  std::string before = run(program("print(hash('a'))")).out;  // differs with each interpreter
  pool_->renew();
  run_until([&] {
    PoolStats stats = pool_->stats();
    return interpreter().generation == 2 && stats.ready == 2 && stats.warming == 0;
  });
  EXPECT_NE(run(program("print(hash('a'))")).out, before);
}

TEST_F(PoolWorkers, ReportsAnInterpreterThatIsNotThere) {
  options_.pythons[0].file = "/nonexistent/python3";
  auto pool =
      Pool::start(loop_, options_, [](std::string_view, std::string_view, std::string_view) {});
  ASSERT_FALSE(pool.has_value());
  EXPECT_THAT(pool.error().message, HasSubstr("/nonexistent/python3"));
}

}  // namespace
}  // namespace playground::exec

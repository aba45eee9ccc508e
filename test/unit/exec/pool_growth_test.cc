// The pool above its size: while programs wait for workers, and afterwards.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "exec/refill_policy.h"
#include "pool_fixture.h"

namespace playground::exec {
namespace {

class PoolGrowth : public PoolFixture {
 protected:
  PoolGrowth() {
    options_.workers = {1, 8};
    options_.max_running = 8;
    options_.batch_share = 8;
  }
  ~PoolGrowth() override { tickets_.clear(); }

  // Programs that run until their tickets are dropped.
  void submit(std::size_t count, bool batch = false) {
    for (; count > 0; --count) {
      Program sleeper = program("import time\ntime.sleep(60)");
      sleeper.batch = batch;
      tickets_.push_back(pool_->submit(std::move(sleeper), [](Pool::Answer, double) {}));
    }
  }

  bool settled() const {
    PoolStats stats = pool_->stats();
    return stats.ready == options_.workers.size && stats.warming == 0 && stats.running == 0;
  }

  std::vector<Pool::Ticket> tickets_;
};

TEST_F(PoolGrowth, OrdersAWorkerForEachProgramThatWaits) {
  start_warm();
  submit(8);
  EXPECT_EQ(pool_->stats().running, 1U);
  EXPECT_EQ(pool_->stats().warming, 7U);
  run_until([this] { return pool_->stats().running == 8; });
}

TEST_F(PoolGrowth, KeepsAFewWhereOneWasNotEnough) {
  start_warm();
  submit(2);
  EXPECT_EQ(pool_->stats().warming, RefillPolicy::kFew);
  run_until([this] { return pool_->stats().running == 2; });
  tickets_.clear();
  run_until([this] { return settled(); });
}

TEST_F(PoolGrowth, IsNeverMoreThanTheMost) {
  options_.workers.most = 3;
  start_warm();
  submit(8);
  EXPECT_EQ(pool_->stats().warming, 3U);
  run_until([this] {
    PoolStats stats = pool_->stats();
    EXPECT_LE(stats.ready + stats.warming, 3U);
    return stats.running == 8;
  });
}

TEST_F(PoolGrowth, WhatMayNotRunYetIsNoDemand) {
  options_.max_running = 6;
  start_warm();
  submit(8);
  EXPECT_EQ(pool_->stats().warming, 5U);
  run_until([this] { return pool_->stats().running == 6; });
  EXPECT_LE(pool_->stats().ready + pool_->stats().warming, 5U);
}

TEST_F(PoolGrowth, ProgramsOfBatchesAreDemandUpToTheirShare) {
  options_.batch_share = 6;
  start_warm();
  submit(8, true);
  EXPECT_EQ(pool_->stats().batch_running, 1U);
  EXPECT_EQ(pool_->stats().warming, 5U);
  run_until([this] { return pool_->stats().batch_running == 6; });
}

TEST_F(PoolGrowth, GivesBackWhatNobodyNeedsAnyMore) {
  start_warm();
  submit(6);
  tickets_.clear();
  run_until([this] { return settled(); });
  EXPECT_EQ(pool_->stats().workers_given_back, 4U);
  EXPECT_EQ(pool_->stats().workers_lost, 0U);
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
}

TEST_F(PoolGrowth, IsRenewedWhileItIsGrown) {
  start_warm();
  submit(6);
  tickets_.clear();
  pool_->renew();
  run_until([this] { return interpreter().generation == 2 && settled(); });
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
}

// The fixture looks for what is left over.
TEST_F(PoolGrowth, EndsWhileItIsGrown) {
  start_warm();
  submit(6);
  tickets_.clear();
  run_until([this] {
    PoolStats stats = pool_->stats();
    return stats.ready > 1 || stats.workers_given_back > 0;
  });
  pool_->abandon();
}

TEST_F(PoolGrowth, InterpretersShareThePlacesThatAreFree) {
  options_.pythons = {{"first", TEST_PYTHON}, {"second", TEST_PYTHON}};
  options_.max_running = 12;
  start_warm();
  run_until([this] { return pool_->stats().ready == 2; });
  for (std::size_t i = 0; i < 24; ++i) {
    Program sleeper = program("import time\ntime.sleep(60)");
    sleeper.interpreter = i % 2;
    tickets_.push_back(pool_->submit(std::move(sleeper), [](Pool::Answer, double) {}));
  }
  for (const InterpreterStats& one : interpreters()) {
    EXPECT_EQ(one.running, 1U);
    EXPECT_EQ(one.warming, 5U);
  }
}

}  // namespace
}  // namespace playground::exec

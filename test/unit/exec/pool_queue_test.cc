// Programs that wait for their turn in the pool, or are not run at all.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

class PoolQueue : public PoolFixture {};

TEST_F(PoolQueue, QueuesWhatCantRunYetAndAnswersAll) {
  start();
  std::vector<Answered> answers(20);
  std::vector<Pool::Ticket> tickets;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    tickets.push_back(pool_->submit(program("print(" + std::to_string(i) + ")"), keep(answers[i])));
  }
  run_until([&] {
    return std::all_of(answers.begin(), answers.end(),
                       [](auto& a) { return a.outcome || a.refusal; });
  });
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ASSERT_TRUE(answers[i].outcome.has_value());
    EXPECT_EQ(answers[i].outcome->out, std::to_string(i) + "\n");
  }
}

TEST_F(PoolQueue, RefusesAtOnceWhenTheQueueIsFull) {
  options_.queue_size = 1;
  options_.max_running = 1;
  start_warm();
  std::vector<Answered> answers(3);
  std::vector<Pool::Ticket> tickets;
  for (auto& answered : answers) {
    tickets.push_back(pool_->submit(program("import time\ntime.sleep(60)"), keep(answered)));
  }
  run_until([&] { return answers[2].refusal.has_value(); });
  EXPECT_EQ(answers[2].refusal, Refusal::queue_full);
  EXPECT_FALSE(answers[0].outcome || answers[1].refusal);
}

TEST_F(PoolQueue, RefusesWhatWaitedTooLong) {
  options_.queue_timeout = milliseconds{50};
  options_.max_running = 1;
  start_warm();
  std::vector<Answered> answers(2);
  auto first = pool_->submit(program("import time\ntime.sleep(60)"), keep(answers[0]));
  auto second = pool_->submit(program("print(1)"), keep(answers[1]));
  run_until([&] { return answers[1].refusal.has_value(); });
  EXPECT_EQ(answers[1].refusal, Refusal::queue_timeout);
}

TEST_F(PoolQueue, ProgramsOfBatchesKeepToTheirShare) {
  options_.batch_share = 1;
  start_warm();
  std::vector<Answered> batch(3);
  std::vector<Pool::Ticket> tickets;
  for (Answered& answered : batch) {
    Program one = program("import time\ntime.sleep(60)");
    one.batch = true;
    tickets.push_back(pool_->submit(std::move(one), keep(answered)));
  }
  EXPECT_EQ(pool_->stats().batch_running, 1u);
  EXPECT_EQ(pool_->stats().batch_queued, 2u);
  EXPECT_EQ(pool_->stats().queued, 0u);
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
  tickets.erase(tickets.begin());
  run_until([&] { return pool_->stats().batch_queued == 1; });
  EXPECT_EQ(pool_->stats().batch_running, 1u);
}

TEST_F(PoolQueue, EndsTheProgramOfADroppedTicket) {
  start_warm();
  Answered answered;
  {
    auto ticket = pool_->submit(program("import time\ntime.sleep(60)"), keep(answered));
    EXPECT_EQ(pool_->stats().running, 1u);
  }
  run_until([&] { return pool_->stats().running == 0; });
  EXPECT_FALSE(answered.outcome || answered.refusal);
}

TEST_F(PoolQueue, AnswersEverythingWhenAbandoned) {
  options_.max_running = 1;
  start_warm();
  std::vector<Answered> answers(2);
  auto first = pool_->submit(program("import time\ntime.sleep(60)"), keep(answers[0]));
  auto second = pool_->submit(program("print(1)"), keep(answers[1]));
  pool_->abandon();
  EXPECT_EQ(answers[0].refusal, Refusal::draining);
  EXPECT_EQ(answers[1].refusal, Refusal::draining);
}

// One that was on its way from another loop.
TEST_F(PoolQueue, AnswersWhatComesAfterItWasAbandoned) {
  start_warm();
  pool_->abandon();
  Answered late;
  auto ticket = pool_->submit(program("print(1)"), keep(late));
  EXPECT_FALSE(late.refusal.has_value()) << "an answer before submit() returned";
  run_until([&] { return late.refusal.has_value(); });
  EXPECT_EQ(late.refusal, Refusal::draining);
}

}  // namespace
}  // namespace playground::exec

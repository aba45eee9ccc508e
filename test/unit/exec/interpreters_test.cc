// A pool of two interpreters: what they share, and what each has for itself. Both are the same
// binary; the seed of hash(), which each zygote has its own of, tells them apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class InterpretersTest : public PoolFixture {
 protected:
  InterpretersTest() { options_.pythons = {{"first", TEST_PYTHON}, {"second", TEST_PYTHON}}; }
  ~InterpretersTest() override { tickets_.clear(); }

  // Keeps what the program printed, or why it was refused, under `name`.
  void submit(const std::string& name, std::size_t interpreter, std::string code,
              const std::string& caller = "", bool batch = false) {
    Program program;
    program.code = std::move(code);
    program.timeout = milliseconds{20'000};
    program.interpreter = interpreter;
    program.caller = caller;
    program.batch = batch;
    tickets_.push_back(pool_->submit(std::move(program), [this, name](Pool::Answer answer, double) {
      order_.push_back(name);
      answers_[name] = answer ? answer->out : std::string(to_string(answer.error()));
    }));
  }

  std::string run(std::size_t interpreter, const std::string& code) {
    answers_.erase("run");
    submit("run", interpreter, code);
    run_until([this] { return answers_.contains("run"); });
    return answers_["run"];
  }

  std::vector<Runner::Ticket> tickets_;
  std::map<std::string, std::string> answers_;
  std::vector<std::string> order_;
};

constexpr char kSeed[] = "print(hash('a'))";  // differs with each zygote

TEST_F(InterpretersTest, AProgramRunsInTheOneThatItAsksFor) {
  start_warm();
  std::string first = run(0, kSeed);
  std::string second = run(1, kSeed);
  EXPECT_NE(first, second);
  EXPECT_EQ(run(0, kSeed), first);
  EXPECT_EQ(run(1, kSeed), second);
}

TEST_F(InterpretersTest, EachKeepsItsOwnWorkersReady) {
  start_warm();
  run_until([this] { return pool_->stats().ready == 4; });
  for (const InterpreterStats& one : interpreters()) {
    EXPECT_EQ(one.ready, 2U);
    EXPECT_TRUE(one.up);
    EXPECT_NE(one.nursery.zygote_pid, 0);
  }
  EXPECT_NE(interpreters()[0].nursery.zygote_pid, interpreters()[1].nursery.zygote_pid);
  EXPECT_THAT(events_, AllOf(HasSubstr("first zygote_ready"), HasSubstr("second zygote_ready")));
  EXPECT_EQ(std::count(events_.begin(), events_.end(), '\n'), 2);
}

TEST_F(InterpretersTest, MaxRunningHoldsForAllTogether) {
  options_.max_running = 1;
  start_warm();
  submit("slow", 0, "input()");
  submit("other", 1, "print('x')");
  EXPECT_EQ(pool_->stats().running, 1U);
  EXPECT_EQ(pool_->stats().queued, 1U);
  EXPECT_EQ(interpreters()[1].queued, 1U);
  run_until([this] { return answers_.size() == 2; });
  EXPECT_THAT(order_, ElementsAre("slow", "other"));
}

TEST_F(InterpretersTest, CallersTakeTurnsOverAll) {
  options_.workers = {3, 3};  // no turn is passed over for want of a ready one
  options_.max_running = 1;
  start_warm();
  submit("slow", 0, "input()", "a");
  submit("a1", 0, "", "a");
  submit("a2", 0, "", "a");
  submit("b1", 1, "", "b");
  submit("b2", 1, "", "b");
  run_until([this] { return answers_.size() == 5; });
  EXPECT_THAT(order_, ElementsAre("slow", "a1", "b1", "a2", "b2"));
}

TEST_F(InterpretersTest, TheQueueIsBoundedForAllTogether) {
  options_.max_running = 1;
  options_.queue_size = 1;
  start_warm();
  submit("slow", 0, "input()");
  submit("waits", 0, "print('x')");
  submit("too much", 1, "print('x')");
  run_until([this] { return answers_.size() == 3; });
  EXPECT_EQ(answers_["too much"], to_string(Refusal::queue_full));
}

TEST_F(InterpretersTest, OneGoesOnServingWhileTheOthersZygoteIsDead) {
  start_warm();
  std::string before = run(1, kSeed);
  int pid = interpreters()[0].nursery.zygote_pid;
  ASSERT_EQ(::kill(pid, SIGKILL), 0);
  EXPECT_EQ(run(1, kSeed), before);
  run_until([&] { return interpreters()[0].generation == 2; });
  EXPECT_EQ(interpreters()[1].generation, 1U);
  EXPECT_THAT(events_, HasSubstr("first zygote_ended"));
  EXPECT_THAT(events_, Not(HasSubstr("second zygote_ended")));
}

TEST_F(InterpretersTest, AllAreRenewed) {
  start_warm();
  std::string first = run(0, kSeed);
  std::string second = run(1, kSeed);
  pool_->renew();
  run_until([this] {
    for (const InterpreterStats& one : interpreters()) {
      if (one.generation != 2 || one.ready != 2 || one.warming != 0) return false;
    }
    return true;
  });
  EXPECT_NE(run(0, kSeed), first);
  EXPECT_NE(run(1, kSeed), second);
}

TEST_F(InterpretersTest, OneThatCannotBeStartedIsAnError) {
  options_.pythons[1].file = "/nowhere/python3";
  auto started = try_start();
  ASSERT_FALSE(started.has_value());
  EXPECT_THAT(started.error().message, HasSubstr("/nowhere/python3"));
}

TEST_F(InterpretersTest, AnInterpreterThatNeverStartsKeepsThePoolFromBeingWarm) {
  options_.pythons[1].file = "/bin/false";
  ASSERT_TRUE(try_start().has_value());
  run_until([this] { return events_.find("second zygote_ended") != events_.npos; });
  run_until([this] { return interpreters()[0].ready == 2; });
  EXPECT_FALSE(pool_->warm());
  EXPECT_NE(run(0, kSeed), "");
}

TEST_F(InterpretersTest, WhatWaitsForOneHoldsUpNothingOfAnothers) {
  options_.pythons[1].file = "/bin/false";
  options_.max_running = 1;
  options_.batch_share = 1;
  ASSERT_TRUE(try_start().has_value());
  run_until([this] { return interpreters()[0].ready == 2; });
  submit("waits in a batch", 1, "", "a", true);
  submit("waits", 1, "", "a");
  submit("of a batch", 0, "print('x')", "a", true);
  submit("single", 0, "print('x')", "a");
  run_until([this] { return answers_.size() == 2; });
  EXPECT_EQ(answers_["of a batch"], "x\n");
  EXPECT_EQ(answers_["single"], "x\n");
  EXPECT_EQ(pool_->stats().queued, 1U);
  EXPECT_EQ(pool_->stats().batch_queued, 1U);
}

TEST_F(InterpretersTest, BatchesShareThePlacesOfAllTogether) {
  options_.batch_share = 1;
  start_warm();
  submit("first", 0, "input()", "a", true);
  submit("second", 1, "print('x')", "a", true);
  EXPECT_EQ(pool_->stats().batch_running, 1U);
  EXPECT_EQ(pool_->stats().batch_queued, 1U);
  run_until([this] { return answers_.size() == 2; });
  EXPECT_THAT(order_, ElementsAre("first", "second"));
}

TEST_F(InterpretersTest, OutputOfEachIsReadAsItComes) {
  struct Sink final : Runner::Reader {
    bool on_output(StandardStream, std::string bytes) override {
      text += bytes;
      return true;
    }
    std::string text;
  };
  start_warm();
  for (std::size_t interpreter : {0, 1}) {
    Sink sink;
    std::optional<Pool::Answer> answer;
    Program program;
    program.code = "import time; print('begun'); time.sleep(600)";
    program.timeout = milliseconds{20'000};
    program.interpreter = interpreter;
    auto ticket = pool_->submit(
        program, [&](Pool::Answer given, double) { answer = std::move(given); }, &sink);
    run_until([&] { return sink.text == "begun\n"; });
    EXPECT_FALSE(answer.has_value());
    EXPECT_EQ(interpreters()[interpreter].running, 1U);
  }
}

TEST_F(InterpretersTest, TellsWhatProgramsCanBeRunBy) {
  options_.zygote.preload = "json,no_such_module";
  start_warm();
  std::vector<InterpreterInfo> infos;
  pool_->describe([&](std::vector<InterpreterInfo> told) { infos = std::move(told); });
  ASSERT_EQ(infos.size(), 2U);
  EXPECT_EQ(infos[0].name, "first");
  EXPECT_EQ(infos[1].name, "second");
  for (const InterpreterInfo& info : infos) {
    EXPECT_THAT(info.version, ::testing::StartsWith("3."));
    EXPECT_EQ(info.implementation, "cpython");
    ASSERT_EQ(info.modules.size(), 1U);
    EXPECT_EQ(info.modules[0].name, "json");
    EXPECT_EQ(info.modules[0].version, "2.0.9");  // as it has been since Python 2.6
  }
}

}  // namespace
}  // namespace playground::exec

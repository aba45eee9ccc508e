// Programs of the pool whose output is read as it comes.
#include <gtest/gtest.h>
#include <signal.h>

#include <string>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

class PoolStreams : public PoolFixture {
 protected:
  // Keeps what comes; says no at each piece when it is to be slow.
  class Sink final : public Runner::Reader {
   public:
    bool on_output(StandardStream from, std::string bytes) override {
      ++calls;
      (from == StandardStream::out ? out : err) += bytes;
      return !slow;
    }
    bool slow = false;
    int calls = 0;
    std::string out;
    std::string err;
  };

  // What is left when the reader has had the rest, too.
  Outcome stream(Program what, Sink& sink) {
    Answered answered;
    auto ticket = pool_->submit(std::move(what), keep(answered), &sink);
    run_until([&] {
      if (sink.slow) ticket.resume();
      return answered.outcome || answered.refusal;
    });
    EXPECT_TRUE(answered.outcome.has_value());
    Outcome outcome = answered.outcome.value_or(Outcome{});
    sink.out += outcome.out;
    sink.err += outcome.err;
    return outcome;
  }
};

TEST_F(PoolStreams, AReaderHasEachLineWhileTheProgramRuns) {
  start();
  Sink sink;
  Answered answered;
  auto ticket =
      pool_->submit(program("import time\nprint('first')\ntime.sleep(60)"), keep(answered), &sink);
  run_until([&] { return sink.out == "first\n"; });
  EXPECT_EQ(sink.calls, 2);  // the first of them at the start, with nothing
  EXPECT_FALSE(answered.outcome || answered.refusal);
}

TEST_F(PoolStreams, AReaderGetsTheWholeOutputHoweverSlowItIs) {
  start();
  for (bool slow : {false, true}) {
    Sink sink;
    sink.slow = slow;
    Outcome outcome = stream(
        program("import sys\nfor i in range(20_000): print(i); print(-i, file=sys.stderr)"), sink);
    EXPECT_EQ(outcome.status, Status::ok);
    std::string out;
    std::string err;
    for (int i = 0; i < 20'000; ++i) {
      out += std::to_string(i) + "\n";
      err += std::to_string(-i) + "\n";
    }
    EXPECT_TRUE(sink.out == out && sink.err == err) << slow;
  }
}

TEST_F(PoolStreams, AReaderThatTakesNothingHoldsTheProgramUntilItsTimeIsUp) {
  start();
  Sink sink;
  sink.slow = true;
  Answered answered;
  auto ticket = pool_->submit(program("while True: print('x' * 1000)", milliseconds{300}),
                              keep(answered), &sink);
  run_until([&] { return answered.outcome.has_value(); });
  EXPECT_EQ(answered.outcome->status, Status::timeout);
  EXPECT_LE(sink.calls, 2);  // the start, and perhaps a piece that was read in the same turn
  EXPECT_LE(sink.out.size() + answered.outcome->out.size(), 2u * 64 * 1024);
}

TEST_F(PoolStreams, AStreamHasALimitOfItsOwn) {
  start();
  Sink sink;
  Outcome outcome = stream(program("while True: print('x' * 1000)"), sink);
  EXPECT_EQ(outcome.status, Status::output);
  EXPECT_TRUE(outcome.out_truncated);
  EXPECT_EQ(sink.out.size(), options_.limits.stream_bytes);
}

TEST_F(PoolStreams, AStreamEndsWithTheSignalOfALostWorker) {
  start();
  Sink sink;
  Outcome outcome = stream(
      program("import os, signal\nprint('one')\nos.kill(os.getpid(), signal.SIGSEGV)"), sink);
  EXPECT_EQ(outcome.status, Status::signal);
  EXPECT_EQ(outcome.signal, SIGSEGV);
  EXPECT_EQ(sink.out, "one\n");
}

}  // namespace
}  // namespace playground::exec

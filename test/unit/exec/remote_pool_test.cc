// Two loops with a pool that only pretends: what goes from one to the other, and comes back.
#include "exec/remote_pool.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "uv/loops.h"

namespace playground::exec {
namespace {

// Keeps programs until it is told to answer. On the first loop.
class FakePool final : public Runner {
 public:
  Ticket submit(Program program, OnDone on_done, Reader* its_reader = nullptr) override {
    reader = its_reader;
    ++submitted;
    ran_in = std::this_thread::get_id();
    std::uint64_t id = next_id_++;
    jobs_.emplace(id, std::move(on_done));
    codes.push_back(std::move(program.code));
    return Ticket(this, id);
  }
  bool warm() const override { return is_warm; }
  void describe(OnDescribed on_described) override {
    InterpreterInfo info;
    info.name = "only";
    on_described({info});
  }

  // Each program's output is its source.
  void answer_all() {
    for (auto& [id, on_done] : std::exchange(jobs_, {})) {
      Outcome outcome;
      outcome.out = codes[static_cast<std::size_t>(id)];
      on_done(outcome, 1.5);
    }
  }

  // The program prints until it has to wait; returns how many bytes that were.
  std::size_t print_all(std::size_t piece) {
    std::size_t printed = piece;
    while (reader->on_output(StandardStream::out, std::string(piece, 'x'))) printed += piece;
    return printed;
  }

  Reader* reader = nullptr;
  int resumed = 0;
  int submitted = 0;
  int cancelled = 0;
  bool is_warm = false;
  std::vector<std::string> codes;
  std::thread::id ran_in;

 private:
  void cancel(std::uint64_t id) override {
    if (jobs_.erase(id) > 0) ++cancelled;
  }
  void resume(std::uint64_t) override { ++resumed; }

  std::map<std::uint64_t, OnDone> jobs_;
  std::uint64_t next_id_ = 0;
};

class RemotePoolTest : public ::testing::Test {
 protected:
  RemotePoolTest() { loops_.start(); }
  ~RemotePoolTest() override { loops_.stop_others(); }

  // Turns the first loop until `done`; ctest's time-out bounds it.
  template <class Condition>
  void run_until(Condition done) {
    while (!done()) loops_.at(0).run_once();
  }

  // Has the second loop do something and waits for it.
  void there(const std::function<void()>& work) {
    bool done = false;
    loops_.on_each(
        [&](std::size_t loop) {
          if (loop == 1) work();
        },
        [&] { done = true; });
    run_until([&] { return done; });
  }

  static Program program(std::string code) {
    Program program;
    program.code = std::move(code);
    return program;
  }

  uv::Loops loops_{2};
  FakePool pool_;
  PoolGate gate_{loops_.at(0), loops_.mailbox(0), pool_};
  RemotePool remote_{gate_, loops_.mailbox(1)};
};

TEST_F(RemotePoolTest, AnAnswerComesBackToTheThreadThatAsked) {
  std::string out;
  double queued = 0;
  std::thread::id asked_in;
  std::thread::id answered_in;
  Runner::Ticket ticket;
  there([&] {
    asked_in = std::this_thread::get_id();
    ticket = remote_.submit(program("hello"), [&](Runner::Answer answer, double queued_ms) {
      out = answer->out;
      queued = queued_ms;
      answered_in = std::this_thread::get_id();
    });
  });
  EXPECT_EQ(pool_.submitted, 1);
  EXPECT_EQ(pool_.ran_in, std::this_thread::get_id());
  pool_.answer_all();
  there([] {});  // behind the answer
  EXPECT_EQ(out, "hello");
  EXPECT_EQ(queued, 1.5);
  EXPECT_EQ(answered_in, asked_in);
  there([&] { ticket = {}; });
  EXPECT_EQ(pool_.cancelled, 0);
}

TEST_F(RemotePoolTest, WhatThePoolHasIsToldToTheThreadThatAsked) {
  std::vector<InterpreterInfo> told;
  std::thread::id asked_in;
  std::thread::id told_in;
  there([&] {
    asked_in = std::this_thread::get_id();
    remote_.describe([&](std::vector<InterpreterInfo> infos) {
      told = std::move(infos);
      told_in = std::this_thread::get_id();
    });
  });
  there([] {});  // behind the answer
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].name, "only");
  EXPECT_EQ(told_in, asked_in);
}

TEST_F(RemotePoolTest, EachOfManyGetsItsOwnAnswer) {
  std::vector<std::string> out(100);
  std::vector<Runner::Ticket> tickets;
  there([&] {
    for (std::size_t i = 0; i < out.size(); ++i) {
      tickets.push_back(remote_.submit(program(std::to_string(i)),
                                       [&, i](Runner::Answer a, double) { out[i] = a->out; }));
    }
  });
  pool_.answer_all();
  there([&] { tickets.clear(); });
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i], std::to_string(i));
}

TEST_F(RemotePoolTest, ADroppedTicketCancelsInThePool) {
  bool answered = false;
  there([&] {
    auto ticket =
        remote_.submit(program("endless"), [&](Runner::Answer, double) { answered = true; });
  });
  EXPECT_EQ(pool_.submitted, 1);
  run_until([&] { return pool_.cancelled == 1; });
  pool_.answer_all();
  there([] {});
  EXPECT_FALSE(answered);
}

TEST_F(RemotePoolTest, AnAnswerThatCrossesACancellationIsForNobody) {
  bool answered = false;
  Runner::Ticket ticket;
  there([&] {
    ticket = remote_.submit(program("x"), [&](Runner::Answer, double) { answered = true; });
  });
  // The cancellation waits in the second loop's mailbox in front of the answer.
  loops_.mailbox(1).post([&] { ticket = {}; });
  pool_.answer_all();
  there([] {});
  there([] {});
  EXPECT_FALSE(answered);
  EXPECT_EQ(pool_.cancelled, 0);
}

// On the second loop, with as much room as it is given.
class Collector final : public Runner::Reader {
 public:
  bool on_output(StandardStream from, std::string bytes) override {
    ++calls;
    (from == StandardStream::out ? out : err) += bytes;
    return room;
  }
  bool room = true;
  int calls = 0;
  std::string out;
  std::string err;
};

TEST_F(RemotePoolTest, OutputComesInOrderAndBeforeTheAnswer) {
  Collector collector;
  Runner::Ticket ticket;
  std::string at_answer;
  there([&] {
    ticket = remote_.submit(
        program("rest"), [&](Runner::Answer a, double) { at_answer = collector.out + a->out; },
        &collector);
  });
  EXPECT_TRUE(pool_.reader->on_output(StandardStream::out, ""));
  EXPECT_TRUE(pool_.reader->on_output(StandardStream::out, "one "));
  EXPECT_TRUE(pool_.reader->on_output(StandardStream::err, "oops"));
  EXPECT_TRUE(pool_.reader->on_output(StandardStream::out, "two "));
  pool_.answer_all();
  there([] {});
  EXPECT_EQ(collector.calls, 4);
  EXPECT_EQ(collector.err, "oops");
  EXPECT_EQ(at_answer, "one two rest");
}

TEST_F(RemotePoolTest, AReaderWithoutRoomHoldsTheProgram) {
  Collector collector;
  collector.room = false;
  Runner::Ticket ticket;
  there([&] {
    ticket = remote_.submit(
        program("x"), [](Runner::Answer, double) {}, &collector);
  });
  std::size_t printed = pool_.print_all(50'000);
  EXPECT_EQ(printed, 150'000u);
  there([] {});  // it has taken all of it, and said no
  there([] {});
  EXPECT_EQ(collector.out.size(), printed);
  EXPECT_EQ(pool_.resumed, 0);
  there([&] {
    collector.room = true;
    ticket.resume();
  });
  run_until([&] { return pool_.resumed == 1; });
  EXPECT_EQ(pool_.print_all(50'000), 150'000u);
  run_until([&] { return pool_.resumed == 2; });  // there is room: nobody has to ask
  there([&] { ticket = {}; });                    // more is on its way to the collector
}

TEST_F(RemotePoolTest, OutputThatCrossesACancellationIsForNobody) {
  Collector collector;
  Runner::Ticket ticket;
  there([&] {
    ticket = remote_.submit(
        program("x"), [](Runner::Answer, double) {}, &collector);
  });
  loops_.mailbox(1).post([&] { ticket = {}; });
  pool_.reader->on_output(StandardStream::out, "late");
  there([] {});
  EXPECT_EQ(collector.calls, 0);
  run_until([&] { return pool_.cancelled == 1; });
}

TEST_F(RemotePoolTest, IsWarmWhenThePoolIs) {
  EXPECT_FALSE(remote_.warm());
  pool_.is_warm = true;
  bool warm = false;
  there([] {});  // a turn of the pool's loop
  there([&] { warm = remote_.warm(); });
  EXPECT_TRUE(warm);
}

TEST_F(RemotePoolTest, WhatIsUnansweredAtTheEndIsCancelled) {
  {
    RemotePool remote(gate_, loops_.mailbox(1));
    Runner::Ticket ticket;
    there([&] { ticket = remote.submit(program("x"), [](Runner::Answer, double) {}); });
    loops_.stop_others();
    ticket = {};
  }
  EXPECT_EQ(pool_.cancelled, 1);
}

}  // namespace
}  // namespace playground::exec

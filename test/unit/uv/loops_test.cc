#include "uv/loops.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <set>
#include <thread>

#include "uv/timer.h"

namespace playground::uv {
namespace {

TEST(Loops, OneDoesTheWorkAtOnce) {
  Loops loops(1);
  loops.start();
  std::string order;
  loops.on_each([&](std::size_t loop) { order += std::to_string(loop); }, [&] { order += "done"; });
  EXPECT_EQ(order, "0done");
}

TEST(Loops, EachDoesItsWorkOnAThreadOfItsOwn) {
  Loops loops(4);
  loops.start();
  std::vector<std::thread::id> threads(4);
  bool done = false;
  loops.on_each([&](std::size_t loop) { threads[loop] = std::this_thread::get_id(); },
                [&] {
                  done = true;
                  loops.at(0).stop();
                });
  EXPECT_FALSE(done);
  loops.at(0).run();
  EXPECT_TRUE(done);
  EXPECT_EQ(threads[0], std::this_thread::get_id());
  EXPECT_EQ(std::set(threads.begin(), threads.end()).size(), 4U);
}

TEST(Loops, RoundsEndInTheirOrderAndOnTheFirstThread) {
  Loops loops(3);
  loops.start();
  std::atomic<int> works = 0;
  std::vector<int> ended;
  for (int round = 0; round < 100; ++round) {
    loops.on_each([&](std::size_t) { ++works; },
                  [&, round, asker = std::this_thread::get_id()] {
                    EXPECT_EQ(std::this_thread::get_id(), asker);
                    ended.push_back(round);
                    if (round == 99) loops.at(0).stop();
                  });
  }
  loops.at(0).run();
  EXPECT_EQ(works, 300);
  for (int round = 0; round < 100; ++round) {
    ASSERT_EQ(ended[static_cast<std::size_t>(round)], round);
  }
}

TEST(Loops, FurtherThreadsAreSentNoSignal) {
  Loops loops(2);
  loops.start();
  sigset_t blocked;
  sigemptyset(&blocked);
  loops.on_each(
      [&](std::size_t loop) {
        if (loop == 1) pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
      },
      [&] { loops.at(0).stop(); });
  loops.at(0).run();
  for (int number : {SIGTERM, SIGINT, SIGHUP}) EXPECT_EQ(sigismember(&blocked, number), 1);
  sigset_t own;
  pthread_sigmask(SIG_SETMASK, nullptr, &own);
  EXPECT_EQ(sigismember(&own, SIGTERM), 0);
}

// ~Loop insists that no handle is left on any of them.
TEST(Loops, HandlesOfAStoppedLoopAreItsMakersAgain) {
  Loops loops(2);
  auto timer = Timer::create(loops.at(1), [] {});
  timer->repeat(milliseconds{1});
  loops.start();
  loops.stop_others();
  timer.reset();
}

TEST(Loops, WhatIsAskedOfThemMayStayUnanswered) {
  bool done = false;
  {
    Loops loops(3);
    loops.start();
    loops.on_each([](std::size_t) {}, [&] { done = true; });
  }
  EXPECT_FALSE(done);
}

}  // namespace
}  // namespace playground::uv

#include "uv/mailbox.h"

#include <thread>
#include <vector>

#include "loop_test.h"
#include "uv/prepare.h"
#include "uv/timer.h"

namespace playground::uv {
namespace {

class MailboxTest : public LoopTest {
 protected:
  Mailbox mailbox_{loop_};
};

TEST_F(MailboxTest, RunsTasksOnTheLoopsThreadInTheirOrder) {
  std::vector<int> done;
  std::thread::id ran_in;
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) {
      mailbox_.post([&, i] {
        done.push_back(i);
        ran_in = std::this_thread::get_id();
      });
    }
  });
  run_until([&] { return done.size() == 1000; });
  other.join();
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(done[static_cast<std::size_t>(i)], i);
  EXPECT_EQ(ran_in, std::this_thread::get_id());
}

TEST_F(MailboxTest, LosesNothingOfManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kTasks = 5000;
  int done = 0;  // by one thread: no atomic is needed
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int task = 0; task < kTasks; ++task) mailbox_.post([&done] { ++done; });
    });
  }
  run_until([&] { return done == kThreads * kTasks; });
  for (std::thread& thread : threads) thread.join();
}

TEST_F(MailboxTest, NothingRunsBeforePostReturns) {
  bool ran = false;
  mailbox_.post([&] { ran = true; });
  EXPECT_FALSE(ran);
  run_until([&] { return ran; });
}

TEST_F(MailboxTest, ATaskMayPostAnother) {
  int left = 3;
  std::function<void()> again = [&] {
    if (--left > 0) mailbox_.post(again);
  };
  mailbox_.post(again);
  run_until([&] { return left == 0; });
}

TEST_F(MailboxTest, ATaskIsGoneWithAllItHoldsBeforeTheNextOneRuns) {
  auto held = std::make_shared<int>(1);
  std::weak_ptr<int> watched = held;
  bool gone = false;
  mailbox_.post([held = std::move(held)] {});
  mailbox_.post([&] { gone = watched.expired(); });
  loop_.run_once();
  EXPECT_TRUE(gone);
}

TEST_F(LoopTest, AMailboxThatIsDroppedRunsNothingMore) {
  bool ran = false;
  {
    Mailbox mailbox(loop_);
    mailbox.post([&] { ran = true; });
  }
  loop_.run();
  EXPECT_FALSE(ran);
}

TEST_F(LoopTest, PrepareSeesWhatTheTurnHasChanged) {
  int changed = 0;
  int seen = 0;
  auto prepare = Prepare::create(loop_, [&] { seen = changed; });
  auto timer = Timer::create(loop_, [&] { ++changed; });
  timer->start(milliseconds{0});
  run_until([&] { return changed == 1; });
  EXPECT_EQ(seen, 1);
}

TEST_F(LoopTest, PrepareDoesNotKeepTheLoopAlive) {
  auto prepare = Prepare::create(loop_, [] {});
  loop_.run();
}

}  // namespace
}  // namespace playground::uv

#include "uv/async.h"

#include <atomic>
#include <thread>

#include "loop_test.h"

namespace playground::uv {
namespace {

class AsyncTest : public LoopTest {};

TEST_F(AsyncTest, WakesTheLoopFromAnotherThread) {
  std::thread::id woken_in;
  Owned<Async> async;
  async = Async::create(loop_, [&] {
    woken_in = std::this_thread::get_id();
    async.reset();
  });
  std::thread other([raw = async.get()] { raw->wake(); });
  loop_.run();
  other.join();
  EXPECT_EQ(woken_in, std::this_thread::get_id());
}

TEST_F(AsyncTest, NoWakeIsLost) {
  std::atomic<int> sent = 0;
  int seen = 0;
  auto async = Async::create(loop_, [&] { seen = sent.load(); });
  std::thread other([&, raw = async.get()] {
    for (int i = 0; i < 1000; ++i) {
      ++sent;
      raw->wake();
    }
  });
  run_until([&] { return seen == 1000; });
  other.join();
}

TEST_F(AsyncTest, UnreferencedDoesNotKeepTheLoopAlive) {
  auto async = Async::create(loop_, [] {});
  async->unref();
  loop_.run();
}

TEST_F(AsyncTest, DroppedWithAWakeUnderWayCallsNobody) {
  int calls = 0;
  auto async = Async::create(loop_, [&] { ++calls; });
  async->wake();
  async.reset();
  loop_.run_once(false);
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace playground::uv

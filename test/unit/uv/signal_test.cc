#include "uv/signal.h"

#include <csignal>

#include "loop_test.h"

namespace playground::uv {
namespace {

class SignalTest : public LoopTest {};

TEST_F(SignalTest, DeliversOnTheLoop) {
  int calls = 0;
  auto signal = Signal::create(loop_, SIGUSR1, [&] { ++calls; });
  ::raise(SIGUSR1);
  EXPECT_EQ(calls, 0) << "not in the handler's context";
  run_until([&] { return calls > 0; });
  ::raise(SIGUSR1);
  run_until([&] { return calls > 1; });
}

TEST_F(SignalTest, UnreferencedDoesNotKeepTheLoopAlive) {
  auto signal = Signal::create(loop_, SIGUSR1, [] {});
  signal->unref();
  loop_.run();
}

}  // namespace
}  // namespace playground::uv

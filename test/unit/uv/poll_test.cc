#include "uv/poll.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/unique_fd.h"
#include "loop_test.h"

namespace playground::uv {
namespace {

class PollTest : public LoopTest {
 protected:
  PollTest() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
    reader_.reset(ends[0]);
    writer_.reset(ends[1]);
  }

  UniqueFd reader_;
  UniqueFd writer_;
};

TEST_F(PollTest, TellsWhenThereIsSomethingToRead) {
  int events = 0;
  auto poll = Poll::create(loop_, reader_.get(), [&](int ready) { events = ready; });
  poll->start(UV_READABLE);
  loop_.run_once(false);
  EXPECT_EQ(events, 0);
  ASSERT_EQ(::write(writer_.get(), "x", 1), 1);
  run_until([&] { return events != 0; });
  EXPECT_EQ(events, UV_READABLE);
}

TEST_F(PollTest, TellsOfTheOtherEndsClosing) {
  int calls = 0;
  auto poll = Poll::create(loop_, reader_.get(), [&](int) { ++calls; });
  poll->start(UV_READABLE);
  writer_.reset();
  run_until([&] { return calls > 0; });
  char byte = 0;
  EXPECT_EQ(::read(reader_.get(), &byte, 1), 0);
}

TEST_F(PollTest, StoppedIsSilent) {
  int calls = 0;
  auto poll = Poll::create(loop_, writer_.get(), [&](int) { ++calls; });
  poll->start(UV_WRITABLE);
  run_until([&] { return calls > 0; });
  poll->stop();
  int before = calls;
  loop_.run_once(false);
  EXPECT_EQ(calls, before);
}

TEST_F(PollTest, MayBeDroppedByItsCallbackAndTheDescriptorClosed) {
  int calls = 0;
  Owned<Poll> poll;
  poll = Poll::create(loop_, writer_.get(), [&](int) {
    ++calls;
    poll.reset();
    writer_.reset();
  });
  poll->start(UV_WRITABLE);
  loop_.run();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace playground::uv

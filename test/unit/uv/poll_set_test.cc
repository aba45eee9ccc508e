#include "uv/poll_set.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "base/unique_fd.h"
#include "loop_test.h"

namespace playground::uv {
namespace {

using Tell = PollSet::Member::Tell;

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
    reader.reset(ends[0]);
    writer.reset(ends[1]);
  }
  void put() { ASSERT_EQ(::write(writer.get(), "x", 1), 1); }
  void take() {
    char byte = 0;
    ASSERT_EQ(::read(reader.get(), &byte, 1), 1);
  }

  UniqueFd reader;
  UniqueFd writer;
};

class PollSetTest : public LoopTest {
 protected:
  PollSet::Member member(const Pipe& pipe, Tell tell, std::function<void()> callback) {
    return {loop_.polls(), pipe.reader.get(), tell, std::move(callback)};
  }
  // What has been told after all that is due has been.
  void turn() {
    for (int i = 0; i < 3; ++i) loop_.run_once(false);
  }
};

TEST_F(PollSetTest, TellsEachMemberOfItsOwn) {
  Pipe first, second;
  int calls = 0, others = 0;
  auto one = member(first, Tell::always, [&] {
    ++calls;
    first.take();
  });
  auto two = member(second, Tell::always, [&] { ++others; });
  turn();
  EXPECT_EQ(calls, 0);
  first.put();
  run_until([&] { return calls > 0; });
  turn();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(others, 0);
}

TEST_F(PollSetTest, TellsOfTheOtherEndsClosing) {
  Pipe pipe;
  int calls = 0;
  auto one = member(pipe, Tell::always, [&] { ++calls; });
  pipe.writer.reset();
  run_until([&] { return calls > 1; });
}

TEST_F(PollSetTest, TellsOfAHangupOnceAndOfNothingElse) {
  Pipe pipe;
  int calls = 0, later = 0;
  auto one = member(pipe, Tell::hangup, [&] { ++calls; });
  pipe.put();
  turn();
  EXPECT_EQ(calls, 0);
  pipe.writer.reset();
  run_until([&] { return calls > 0; });
  turn();
  EXPECT_EQ(calls, 1);
  one.tell(Tell::always, [&] { ++later; });
  run_until([&] { return later > 1; });
  EXPECT_EQ(calls, 1);
}

TEST_F(PollSetTest, LeavesAndComesBack) {
  Pipe pipe;
  int calls = 0;
  pipe.put();
  auto one = member(pipe, Tell::always, [&] { ++calls; });
  one.leave();
  EXPECT_FALSE(static_cast<bool>(one));
  turn();
  EXPECT_EQ(calls, 0);
  one = member(pipe, Tell::always, [&] { ++calls; });
  run_until([&] { return calls > 0; });
}

TEST_F(PollSetTest, ForgottenIsSilentThoughItsDescriptorIsReady) {
  Pipe pipe;
  int calls = 0;
  pipe.put();
  auto one = member(pipe, Tell::always, [&] { ++calls; });
  one.forget();
  turn();
  EXPECT_EQ(calls, 0);
  pipe.reader.reset();
}

TEST_F(PollSetTest, ACallbackMayDropOthersThatAreDue) {
  std::array<Pipe, 2> pipes;
  std::array<PollSet::Member, 2> members;
  int calls = 0;
  for (std::size_t i : {0, 1}) {
    pipes[i].put();
    members[i] = member(pipes[i], Tell::always, [&] {
      ++calls;
      members = {};
    });
  }
  run_until([&] { return calls > 0; });
  turn();
  EXPECT_EQ(calls, 1);
}

TEST_F(PollSetTest, KeepsTheLoopRunningWhileItHasMembers) {
  Pipe pipe;
  PollSet::Member one = member(pipe, Tell::always, [&] { one.leave(); });
  pipe.put();
  loop_.run();  // returns once there are none
  EXPECT_FALSE(static_cast<bool>(one));
}

}  // namespace
}  // namespace playground::uv

#include "uv/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "loop_test.h"

namespace playground::uv {
namespace {

class ProcessTest : public LoopTest {
 protected:
  Process::Options shell(const std::string& script) {
    null_.reset(::open("/dev/null", O_RDWR | O_CLOEXEC));
    return {"/bin/sh",
            {"sh", "-c", script},
            {"PATH=/usr/bin:/bin", "NAME=value"},
            {null_.get(), null_.get(), null_.get()}};
  }

  Exit run(const std::string& script) {
    std::optional<Exit> exit;
    auto process = Process::spawn(loop_, shell(script), [&](Exit e) { exit = e; });
    EXPECT_TRUE(process);
    run_until([&] { return exit.has_value(); });
    return *exit;
  }

  UniqueFd null_;
};

TEST_F(ProcessTest, TellsTheExitCode) {
  EXPECT_EQ(run("exit 0").code, 0);
  Exit exit = run("exit 42");
  EXPECT_EQ(exit.code, 42);
  EXPECT_EQ(exit.signal, 0);
}

TEST_F(ProcessTest, TellsTheSignal) {
  EXPECT_EQ(run("kill -SEGV $$").signal, SIGSEGV);
}

TEST_F(ProcessTest, MeasuresWhatWasUsed) {
  Exit exit = run("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
  EXPECT_GT(exit.usage.ru_utime.tv_sec * 1'000'000 + exit.usage.ru_utime.tv_usec, 0);
  EXPECT_GT(exit.usage.ru_maxrss, 0);
}

TEST_F(ProcessTest, GivesTheEnvironmentThatItWasToldAndNoOther) {
  ::setenv("PLAYGROUND_TEST_SECRET", "x", 1);
  EXPECT_EQ(run("[ \"$NAME\" = value ] && [ -z \"$PLAYGROUND_TEST_SECRET\" ]").code, 0);
}

TEST_F(ProcessTest, GivesTheDescriptorsThatItWasToldAndNoOther) {
  UniqueFd leak(::open("/dev/null", O_RDONLY));  // without O_CLOEXEC
  ASSERT_GE(leak.get(), 3);
  // The shell has its own script by -c, so that 3 and above are free.
  EXPECT_EQ(run("for fd in /proc/self/fd/*; do n=${fd##*/}; "
                "[ $n -le 2 ] || [ ! -e /proc/$$/fd/$n ] || exit 1; done")
                .code,
            0);
}

TEST_F(ProcessTest, ResetsSignals) {
  ::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(run("kill -PIPE $$").signal, SIGPIPE);
  ::signal(SIGPIPE, SIG_DFL);
}

TEST_F(ProcessTest, CanBeKilled) {
  std::optional<Exit> exit;
  auto process = Process::spawn(loop_, shell("exec sleep 1000"), [&](Exit e) { exit = e; });
  ASSERT_TRUE(process);
  (*process)->kill(SIGTERM);
  run_until([&] { return exit.has_value(); });
  EXPECT_EQ(exit->signal, SIGTERM);
  (*process)->kill(SIGKILL);  // to the dead: nothing
}

TEST_F(ProcessTest, DroppedKillsAndReaps) {
  int calls = 0;
  auto process = Process::spawn(loop_, shell("exec sleep 1000"), [&](Exit) { ++calls; });
  ASSERT_TRUE(process);
  int pid = (*process)->pid();
  (*process).reset();
  EXPECT_EQ(::waitpid(pid, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  loop_.run();
  EXPECT_EQ(calls, 0);
}

TEST_F(ProcessTest, MayBeDroppedByItsCallback) {
  std::unique_ptr<Process> process;
  int calls = 0;
  auto spawned = Process::spawn(loop_, shell("exit 0"), [&](Exit) {
    ++calls;
    process.reset();
  });
  process = std::move(*spawned);
  loop_.run();
  EXPECT_EQ(calls, 1);
}

TEST_F(ProcessTest, AMissingFileIsAnError) {
  auto options = shell("");
  options.file = "/no/such/file";
  auto process = Process::spawn(loop_, options, [](Exit) {});
  ASSERT_FALSE(process);
  EXPECT_EQ(process.error().code, ENOENT);
  EXPECT_EQ(process.error().message, "can't start /no/such/file: No such file or directory");
}

TEST(Reaping, ByPidTellsWhetherTheChildIsGone) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[1]);
    char byte;
    [[maybe_unused]] ssize_t ended = ::read(ends[0], &byte, 1);
    ::_exit(0);
  }
  EXPECT_FALSE(reap_by_pid(child));
  ::close(ends[1]);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  EXPECT_TRUE(reap_by_pid(child));
  EXPECT_EQ(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG), -1);
  EXPECT_TRUE(reap_by_pid(child)) << "one that was reaped is gone, too";
  ::close(ends[0]);
}

TEST(Reaping, OneThatWasKilledIsWaitedFor) {
  const pid_t child = ::fork();
  if (child == 0) {
    while (true) ::pause();
  }
  ::kill(child, SIGKILL);
  reap_killed(child);
  EXPECT_EQ(::kill(child, 0), -1);
}

TEST_F(ProcessTest, ManyEndAtOnce) {
  int ended = 0;
  std::vector<std::unique_ptr<Process>> processes;
  for (int i = 0; i < 20; ++i) {
    auto process =
        Process::spawn(loop_, shell("exit " + std::to_string(i)), [&ended, i](Exit exit) {
          EXPECT_EQ(exit.code, i);
          ++ended;
        });
    ASSERT_TRUE(process);
    processes.push_back(std::move(*process));
  }
  run_until([&] { return ended == 20; });
}

}  // namespace
}  // namespace playground::uv

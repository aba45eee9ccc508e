#include "pool/pid_one.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "pool/io.h"
#include "pool/sandbox_identity.h"

namespace playground::pool {
namespace {

// Workers are the server's children: nothing tells pid 1 of their ends.
constexpr timespec kLookAgain{0, 20'000'000};

// The zygote's end of the pipe that pid 1 reads. Workers close it.
UniqueFd g_alive;

void wait_for_zygote(int alive) {
  char byte = 0;
  while (::read(alive, &byte, 1) < 0 && errno == EINTR) {
  }
}

// Processes that have ended count until the server has reaped them.
void wait_for_workers() {
  while (::kill(-1, 0) == 0 || errno != ESRCH) ::nanosleep(&kLookAgain, nullptr);
}

// This is pid 1. It shares the zygote's memory until that is written to, and runs nothing of
// Python.
[[noreturn]] void be_pid_one(int alive) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NAME, "playground-init");
  ::signal(SIGCHLD, SIG_IGN);
  drop_capabilities();
  if (::dup2(alive, STDIN_FILENO) < 0 || !close_from(STDIN_FILENO + 1)) ::_exit(1);
  wait_for_zygote(STDIN_FILENO);
  wait_for_workers();
  ::_exit(0);
}

}  // namespace

bool start_pid_one() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  const UniqueFd alive(ends[0]);
  g_alive.reset(ends[1]);
  // Arguments after the flags are pointers that the flags don't ask for.
  const long pid =
      ::syscall(SYS_clone, static_cast<unsigned long>(CLONE_PARENT), 0UL, 0UL, 0UL, 0UL);
  if (pid == 0) be_pid_one(alive.get());
  return pid > 0;
}

bool pid_one_is_gone() {
  pollfd state{g_alive.get(), 0, 0};  // poll passes over -1
  return ::poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
}

}  // namespace playground::pool

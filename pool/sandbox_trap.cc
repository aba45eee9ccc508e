#include "pool/sandbox_trap.h"

#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>

#include "pool/protocol.h"

namespace playground::pool {
namespace {

constexpr int kBySeccomp = 1;  // si_code SYS_SECCOMP of signal.h in the kernel

// A program whose timer interrupts the call each time shall not stay in the handler.
constexpr int kMostTries = 100;

// Refused itself, and told to the server, which knows it by its option.
void tell(int call) {
  const int kept = errno;
  for (int i = 0; i < kMostTries; ++i) {
    const long result = ::syscall(SYS_prctl, protocol::kRefusedOption, call, 0UL, 0UL, 0UL);
    if (result == 0 || errno != EINTR) break;
  }
  errno = kept;
}

// The result as the kernel returns it: whoever made the call turns it into errno.
void set_result(ucontext_t& interrupted, long result) {
#if defined(__x86_64__)
  interrupted.uc_mcontext.gregs[REG_RAX] = result;
#elif defined(__aarch64__)
  interrupted.uc_mcontext.regs[0] = static_cast<unsigned long long>(result);
#else
  static_cast<void>(interrupted);
  static_cast<void>(result);
#endif
}

void on_trap(int number, siginfo_t* info, void* context) {
  if (info->si_code == kBySeccomp) {
    tell(info->si_syscall);
    return set_result(*static_cast<ucontext_t*>(context), -EPERM);
  }
  // Sent by the program to itself: it ends as it would without a handler.
  ::signal(number, SIG_DFL);
  ::raise(number);
}

}  // namespace

bool can_trap() {
#if defined(__x86_64__) || defined(__aarch64__)
  return true;
#else
  return false;
#endif
}

void install_trap_handler() {
  struct sigaction action {};
  action.sa_sigaction = on_trap;
  // A handler of the program's that interrupts this one may make a trapped call, too.
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK | SA_RESTART;
  ::sigaction(SIGSYS, &action, nullptr);
}

}  // namespace playground::pool

// An allow-list, compiled and installed once, by the zygote: a worker inherits it for free. What
// the zygote itself needs (a clone, options of prctl, seccomp) and what depends on a worker's pid
// is refused by sandbox_self.cc.
#include "pool/sandbox_seccomp.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>

#include <cerrno>
#include <cstdint>
#include <initializer_list>

#include "pool/populate.h"
#include "pool/sandbox_calls.h"
#include "pool/sandbox_trap.h"
#include "pool/spawn.h"

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef PR_GET_TID_ADDRESS
#define PR_GET_TID_ADDRESS 40
#endif

namespace playground::pool {
namespace {

using Words = std::initializer_list<unsigned long>;

// Left out: F_SETOWN(_EX) and F_SETSIG, which have a signal of the caller's choice sent to any
// process of the same user; F_NOTIFY and F_SETLEASE, which watch files; F_SETPIPE_SZ, memory that
// nobody counts.
constexpr Words kFcntlCommands = {
    F_DUPFD,      F_DUPFD_CLOEXEC, F_GETFD,     F_SETFD,     F_GETFL,     F_SETFL,
    F_GETLK,      F_SETLK,         F_SETLKW,    F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW,
    F_GETPIPE_SZ, F_GETOWN,        F_GET_SEALS, 12,          13,          14 /* lock64 */};

// What tells whether a descriptor is a terminal, what is ready to be read, and flags that fcntl
// sets as well.
constexpr Words kIoctlCommands = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX};

// The zygote and workers in the making need those that undo a sandbox; sandbox_self.cc takes them
// away.
constexpr Words kPrctlOptions = {PR_SET_NAME,         PR_GET_NAME,         PR_SET_VMA,
                                 PR_GET_DUMPABLE,     PR_SET_DUMPABLE,     PR_GET_PDEATHSIG,
                                 PR_SET_PDEATHSIG,    PR_GET_TIMERSLACK,   PR_SET_TIMERSLACK,
                                 PR_GET_NO_NEW_PRIVS, PR_SET_NO_NEW_PRIVS, PR_GET_TID_ADDRESS,
                                 PR_CAPBSET_READ,     PR_GET_THP_DISABLE,  PR_GET_SECCOMP};

// The newest call of Linux 6.1 (set_mempolicy_home_node). Later ones are answered as by that
// kernel, for which callers have a fall-back.
constexpr std::uint32_t kNewestCall = 450;

constexpr unsigned long kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

// A filter in the making: the first error stays.
class Filter {
 public:
  explicit Filter(scmp_filter_ctx filter) : filter_(filter) {}

  void set(scmp_filter_attr attribute, std::uint32_t value) {
    if (error_ == 0) error_ = seccomp_attr_set(filter_, attribute, value);
  }

  void answer_all(const char* const* names, std::uint32_t action) {
    for (; *names != nullptr; ++names) answer(*names, action, nullptr);
  }

  // The kernel takes these arguments as 32 bits and ignores the rest, so the comparison does the
  // same.
  void allow_words(const char* name, unsigned argument, Words words) {
    for (const unsigned long word : words)
      allow_masked(name, argument, 0xFFFFFFFFUL, word & 0xFFFFFFFFUL);
  }

  void allow_masked(const char* name, unsigned argument, unsigned long mask, unsigned long value) {
    const scmp_arg_cmp comparison{argument, SCMP_CMP_MASKED_EQ, mask, value};
    answer(name, SCMP_ACT_ALLOW, &comparison);
  }

  // asyncio wakes its loop through one. An end of a pair of datagram sockets would reach any other
  // unix socket by sendto and sendmsg, whose address a filter can't see.
  void allow_stream_pairs() {
    const scmp_arg_cmp both[] = {{0, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFUL, AF_UNIX},
                                 {1, SCMP_CMP_MASKED_EQ, 0xF, SOCK_STREAM}};
    answer("socketpair", SCMP_ACT_ALLOW, both, 2);
  }

  // Of process_madvise what madvise does as well: the pages that populate.cc has workers copy, a
  // process's own.
  void allow_populating() {
    const scmp_arg_cmp own[] = {
        {0, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFUL, static_cast<std::uint32_t>(kPidfdSelf)},
        {3, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFUL, MADV_POPULATE_WRITE}};
    answer("process_madvise", SCMP_ACT_ALLOW, own, 2);
  }

  // 0, or the first errno.
  int error() const { return -error_; }

 private:
  // A name that this architecture or libseccomp does not know is passed over.
  void answer(const char* name, std::uint32_t action, const scmp_arg_cmp* comparisons,
              unsigned count = 1) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR || call < 0 || error_ != 0) return;
    error_ = seccomp_rule_add_array(filter_, action, call, comparisons != nullptr ? count : 0,
                                    comparisons);
  }

  scmp_filter_ctx filter_;
  int error_ = 0;
};

void allow_with_arguments(Filter& filter) {
  filter.allow_words("fcntl", 1, kFcntlCommands);
  filter.allow_words("fcntl64", 1, kFcntlCommands);
  filter.allow_words("ioctl", 1, kIoctlCommands);
  filter.allow_words("prctl", 0, kPrctlOptions);
  filter.allow_masked("clone", 0, kNamespaces | CLONE_THREAD, CLONE_THREAD);
  filter.allow_words("clone", 0, {kWorkerClone, kWorkerClone | kWorkerCloneTid});
  filter.allow_stream_pairs();
  filter.allow_populating();
  // Pages that are shared and of no file leave resident memory when unmapped, and stay: they can't
  // be counted.
  for (unsigned long kind : std::initializer_list<unsigned long>{0, MAP_SHARED, MAP_ANONYMOUS}) {
    filter.allow_masked("mmap", 3, MAP_SHARED | MAP_ANONYMOUS, kind);
    filter.allow_masked("mmap2", 3, MAP_SHARED | MAP_ANONYMOUS, kind);
  }
}

// A container runtime's filter, most likely: the kernel lets the strictest answer of all filters
// stand, and takes an error for stricter than a notification.
bool another_filter_is_there() {
  return ::prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER;
}

int build(scmp_filter_ctx context, bool own_user) {
  Filter filter(context);
  // Calls of a foreign architecture (i386, x32) would have other numbers for the same things.
  filter.set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  filter.set(SCMP_FLTATR_CTL_NNP, 0);
  filter.set(SCMP_FLTATR_CTL_OPTIMIZE, 2);
  filter.answer_all(kAllowedCalls, SCMP_ACT_ALLOW);
  filter.answer_all(kUnknownCalls, SCMP_ACT_ERRNO(ENOSYS));
  filter.answer_all(kUnsupportedCalls, SCMP_ACT_ERRNO(EOPNOTSUPP));
  filter.answer_all(kOwnFileCalls, own_user ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(0));
  if (can_trap() && another_filter_is_there()) filter.answer_all(kTrappedCalls, SCMP_ACT_TRAP);
  allow_with_arguments(filter);
  return filter.error();
}

}  // namespace

int prepare_zygote_filter(bool own_user) {
  const scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (context == nullptr) return ENOMEM;
  int error = build(context, own_user);
  if (error == 0) error = keep_filter(context, kNewestCall);
  seccomp_release(context);
  return error;
}

Installed install_zygote_filter() {
  return install_kept_filter();
}

}  // namespace playground::pool

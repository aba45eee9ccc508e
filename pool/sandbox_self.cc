// Written instruction by instruction, not by libseccomp: that can't say "neither 0 nor the own pid"
// (a rule compares an argument once), and a filter this short is made faster than one is copied and
// patched. What it costs to install goes with its length, so calls under one rule share its code.
#include "pool/sandbox_self.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <iterator>

#include "pool/sandbox_bpf.h"

#ifndef PR_SCHED_CORE
#define PR_SCHED_CORE 62  // Linux 5.14
#endif

namespace playground::pool {
namespace {

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kIoprioWhoProcess = 1;

// What must hold of a call's arguments for it to be allowed.
enum class Rule {
  own,           // the first is the worker's pid
  own_or_zero,   // the same, or 0, which means the caller
  own_priority,  // the first is PRIO_PROCESS, the second the worker's pid or 0
  own_ioprio,    // the first is IOPRIO_WHO_PROCESS, the second the worker's pid or 0
  thread,        // clone: a thread, and no namespaces
  safe_option,   // prctl: none of kRefusedOptions
  never,
};
constexpr Rule kRules[] = {Rule::own,    Rule::own_or_zero, Rule::own_priority, Rule::own_ioprio,
                           Rule::thread, Rule::safe_option, Rule::never};

struct Call {
  std::uint32_t number;
  Rule rule;
};

// The same on every architecture; headers of an older kernel lack them.
constexpr std::uint32_t kLandlockCreateRuleset = 444;
constexpr std::uint32_t kLandlockAddRule = 445;
constexpr std::uint32_t kLandlockRestrictSelf = 446;

// The newest call of Linux 6.1 (set_mempolicy_home_node). Later ones are answered as by that
// kernel, for which callers have a fall-back.
constexpr std::uint32_t kNewestCall = 450;

// To kill, 0 means the caller's process group, which is that of the zygote and all workers.
constexpr Call kCalls[] = {
    {SYS_kill, Rule::own},
    {SYS_tgkill, Rule::own},
    {SYS_rt_sigqueueinfo, Rule::own},
    {SYS_rt_tgsigqueueinfo, Rule::own},
    {SYS_prlimit64, Rule::own_or_zero},
    {SYS_sched_setaffinity, Rule::own_or_zero},
    {SYS_sched_getaffinity, Rule::own_or_zero},
    {SYS_sched_setscheduler, Rule::own_or_zero},
    {SYS_sched_getscheduler, Rule::own_or_zero},
    {SYS_sched_setparam, Rule::own_or_zero},
    {SYS_sched_getparam, Rule::own_or_zero},
    {SYS_sched_setattr, Rule::own_or_zero},
    {SYS_sched_getattr, Rule::own_or_zero},
    {SYS_sched_rr_get_interval, Rule::own_or_zero},
    {SYS_get_robust_list, Rule::own_or_zero},
    {SYS_getpgid, Rule::own_or_zero},
    {SYS_getsid, Rule::own_or_zero},
    {SYS_setpriority, Rule::own_priority},
    {SYS_getpriority, Rule::own_priority},
    {SYS_ioprio_set, Rule::own_ioprio},
    {SYS_ioprio_get, Rule::own_ioprio},
    {SYS_clone, Rule::thread},
    {SYS_prctl, Rule::safe_option},
    {SYS_seccomp, Rule::never},
    {kLandlockCreateRuleset, Rule::never},
    {kLandlockAddRule, Rule::never},
    {kLandlockRestrictSelf, Rule::never},
};

// Options that undo the worker's own safety, or that take a pid.
constexpr std::uint32_t kRefusedOptions[] = {PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_PTRACER,
                                             PR_SET_SECCOMP,   PR_SET_MM,       PR_SCHED_CORE};

constexpr std::uint32_t kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

void allow_if_own(Bpf& filter, std::uint32_t own, bool or_zero) {
  if (or_zero) filter.answer_if_equal(0, kAllow);
  filter.answer_if_equal(own, kAllow);
}

void allow_if_own_of(Bpf& filter, std::uint32_t kind, std::uint32_t own) {
  const std::size_t other = filter.jump_unless_equal(kind);
  filter.load_argument(1);
  allow_if_own(filter, own, true);
  filter.land(other);
}

// Answers a call that stands under `rule`; what gets through to the end is refused.
void apply(Bpf& filter, Rule rule, std::uint32_t own) {
  if (rule != Rule::never) filter.load_argument(0);
  switch (rule) {
    case Rule::own:
    case Rule::own_or_zero:
      allow_if_own(filter, own, rule == Rule::own_or_zero);
      break;
    case Rule::own_priority:
      allow_if_own_of(filter, PRIO_PROCESS, own);
      break;
    case Rule::own_ioprio:
      allow_if_own_of(filter, kIoprioWhoProcess, own);
      break;
    case Rule::thread:
      filter.answer_if_any_bit(kNamespaces, kRefuse);
      filter.answer_if_any_bit(CLONE_THREAD, kAllow);
      break;
    case Rule::safe_option:
      for (const std::uint32_t option : kRefusedOptions) filter.answer_if_equal(option, kRefuse);
      filter.answer(kAllow);
      return;
    case Rule::never:
      break;
  }
  filter.answer(kRefuse);
}

}  // namespace

bool install_self_filter(pid_t own) {
  Bpf filter;
  std::size_t jumps[std::size(kCalls)];
  filter.load_number();
  filter.answer_if_above(kNewestCall, SECCOMP_RET_ERRNO | ENOSYS);
  for (std::size_t i = 0; i < std::size(kCalls); ++i) {
    jumps[i] = filter.jump_if_equal(kCalls[i].number);
  }
  filter.answer(kAllow);
  for (const Rule rule : kRules) {
    for (std::size_t i = 0; i < std::size(kCalls); ++i) {
      if (kCalls[i].rule == rule) filter.land(jumps[i]);
    }
    apply(filter, rule, static_cast<std::uint32_t>(own));
  }
  sock_fprog program = filter.program();
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0) return true;
  return errno == ENOSYS && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace playground::pool

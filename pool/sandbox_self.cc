// Written instruction by instruction, not by libseccomp: that can't say "neither 0 nor the own pid"
// (a rule compares an argument once), and a filter this short is made faster than one is copied and
// patched. What it costs to install goes with its length, so calls under one rule share its code;
// and with the way to most answers, because the kernel tries every call that the zygote's filter
// allows, so the rule of a number is found by halving.
#include "pool/sandbox_self.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "pool/sandbox_bpf.h"
#include "pool/sandbox_trap.h"

namespace playground::pool {
namespace {

constexpr std::uint32_t kIoprioWhoProcess = 1;

// What must hold of a call's arguments for it to be allowed.
enum class Rule {
  own,           // the first is the worker's pid
  own_or_zero,   // the same, or 0, which means the caller
  own_priority,  // the first is PRIO_PROCESS, the second the worker's pid or 0
  own_ioprio,    // the first is IOPRIO_WHO_PROCESS, the second the worker's pid or 0
  no_sibling,    // clone: a thread, else without CLONE_PARENT
  safe_option,   // prctl: neither PR_SET_PDEATHSIG nor PR_SET_DUMPABLE
  never,
};
constexpr std::size_t kRules = 7;

struct Call {
  std::uint32_t number;
  Rule rule;
};

// The same on every architecture; headers of an older kernel lack them.
constexpr std::uint32_t kLandlockCreateRuleset = 444;
constexpr std::uint32_t kLandlockAddRule = 445;
constexpr std::uint32_t kLandlockRestrictSelf = 446;

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
    {SYS_clone, Rule::no_sibling},
    {SYS_prctl, Rule::safe_option},
    {SYS_seccomp, Rule::never},
    {kLandlockCreateRuleset, Rule::never},
    {kLandlockAddRule, Rule::never},
    {kLandlockRestrictSelf, Rule::never},
};

// Numbers in a row under one rule.
struct Range {
  std::uint32_t first, last;
  Rule rule;
};

constexpr auto kSorted = [] {
  auto calls = std::to_array(kCalls);
  std::sort(calls.begin(), calls.end(),
            [](const Call& a, const Call& b) { return a.number < b.number; });
  return calls;
}();

constexpr bool continues(std::size_t i) {
  return i > 0 && kSorted[i].rule == kSorted[i - 1].rule &&
         kSorted[i].number == kSorted[i - 1].number + 1;
}

constexpr std::size_t kRangeCount = [] {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSorted.size(); ++i) count += continues(i) ? 0 : 1;
  return count;
}();

constexpr auto kRanges = [] {
  std::array<Range, kRangeCount> ranges{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSorted.size(); ++i) {
    if (!continues(i)) ranges[count++] = {kSorted[i].number, 0, kSorted[i].rule};
    ranges[count - 1].last = kSorted[i].number;
  }
  return ranges;
}();

// The program in the making, and the places that its rules and answers have.
struct Assembly {
  explicit Assembly(pid_t pid) : own(static_cast<std::uint32_t>(pid)) {
    for (Bpf::Label& rule : rules) rule = filter.label();
  }
  Bpf::Label of(Rule rule) const { return rules[static_cast<std::size_t>(rule)]; }

  std::uint32_t own;
  Bpf filter;
  Bpf::Label rules[kRules];
  Bpf::Label own_or_zero_second = filter.label();
  Bpf::Label allow = filter.label();
  Bpf::Label refuse = filter.label();
  Bpf::Label trap = filter.label();
};

// Goes on to the rule of the number, which lies between `low` and `high` and stands under those of
// kRanges from `first` to before `last`, if any. Halving what numbers there are, not the ranges, is
// what makes the way of most numbers short.
void find(Assembly& to, std::size_t first, std::size_t last, std::uint32_t low,
          std::uint32_t high) {
  const Range& range = kRanges[first];
  if (last - first == 1) {
    if (range.first == range.last)
      return to.filter.if_equal(range.first, to.of(range.rule), to.allow);
    if (low < range.first) to.filter.if_at_least(range.first, Bpf::kNext, to.allow);
    return to.filter.if_above(range.last, to.allow, to.of(range.rule));
  }
  std::size_t middle = first + 1;
  while (middle + 1 < last && kRanges[middle].first < low + (high - low) / 2) ++middle;
  const std::uint32_t pivot = kRanges[middle].first;
  const Bpf::Label upper = to.filter.label();
  to.filter.if_at_least(pivot, upper, Bpf::kNext);
  find(to, first, middle, low, pivot);
  to.filter.place(upper);
  find(to, middle, last, pivot, high);
}

void compare_argument(Assembly& to, Rule rule) {
  to.filter.place(to.of(rule));
  to.filter.load_argument(0);
}

// Each rule ends in an answer.
void write_rules(Assembly& to) {
  Bpf& filter = to.filter;
  compare_argument(to, Rule::own);
  filter.if_equal(to.own, to.allow, to.trap);

  compare_argument(to, Rule::own_or_zero);
  filter.if_equal(0, to.allow, Bpf::kNext);
  filter.if_equal(to.own, to.allow, to.refuse);

  compare_argument(to, Rule::own_priority);
  filter.if_equal(PRIO_PROCESS, to.own_or_zero_second, to.refuse);

  compare_argument(to, Rule::own_ioprio);
  filter.if_equal(kIoprioWhoProcess, Bpf::kNext, to.refuse);
  filter.place(to.own_or_zero_second);
  filter.load_argument(1);
  filter.if_equal(0, to.allow, Bpf::kNext);
  filter.if_equal(to.own, to.allow, to.refuse);

  compare_argument(to, Rule::no_sibling);
  filter.if_any_bit(CLONE_THREAD, to.allow, Bpf::kNext);
  filter.if_any_bit(CLONE_PARENT, to.trap, to.allow);

  // Options that undo the worker's own safety, and that the zygote's filter allows because workers
  // in the making need them.
  compare_argument(to, Rule::safe_option);
  filter.if_equal(PR_SET_PDEATHSIG, to.trap, Bpf::kNext);
  filter.if_equal(PR_SET_DUMPABLE, to.trap, to.allow);
}

void write_answers(Assembly& to, bool telling) {
  to.filter.place(to.allow);
  to.filter.answer(SECCOMP_RET_ALLOW);
  to.filter.place(to.trap);
  if (telling) to.filter.answer(SECCOMP_RET_TRAP);
  to.filter.place(to.refuse);
  to.filter.place(to.of(Rule::never));
  to.filter.answer(SECCOMP_RET_ERRNO | EPERM);
}

}  // namespace

bool install_self_filter(pid_t own, CallFilter zygotes) {
  if (zygotes == CallFilter::none) return true;
  Assembly assembly(own);
  assembly.filter.load_number();
  find(assembly, 0, kRanges.size(), 0, kRanges.back().last);
  write_rules(assembly);
  write_answers(assembly, zygotes == CallFilter::telling && can_trap());
  sock_fprog program = assembly.filter.program();
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace playground::pool

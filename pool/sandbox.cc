#include "pool/sandbox.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "pool/sandbox_identity.h"
#include "pool/sandbox_landlock.h"
#include "pool/sandbox_seccomp.h"
#include "pool/sandbox_trap.h"

namespace playground::pool {
namespace {

using protocol::Tier;

constexpr char kFilter[] = "system call filter";
constexpr char kRefusals[] = "refused calls";
constexpr char kLandlock[] = "landlock";
constexpr char kNotWanted[] = "PLAYGROUND_SANDBOX_MAX";

int g_filter_error = 0;  // of its compilation

void report_user(SandboxReport& report) {
  char detail[32];
  std::snprintf(detail, sizeof detail, "uid %u", ::getuid());
  report.on(Tier::t0, "unprivileged user", detail);
}

}  // namespace

int enter_sandbox(const protocol::Configure& configure, SandboxReport& report, const char** step) {
  if (const int error = leave_root(configure.uid, step); error != 0) return error;
  *step = "capset";
  if (const int error = drop_capabilities(); error != 0) return error;
  *step = "PR_SET_NO_NEW_PRIVS";
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  report_user(report);
  report.off(Tier::t1, "namespaces", "not in this version");
  report.on(Tier::t0, "no new privileges");
  return 0;
}

void prepare_filter(const protocol::Configure& configure) {
  if (configure.tier_max >= Tier::t0) g_filter_error = prepare_zygote_filter(configure.uid != 0);
}

void close_files(const protocol::Configure& configure, SandboxReport& report) {
  if (const int error = hide_from_others(); error != 0) {
    report.missing(Tier::t0, "hidden memory", "PR_SET_DUMPABLE", error);
  } else {
    report.on(Tier::t0, "hidden memory");
  }
  if (configure.tier_max < Tier::t0) return report.off(Tier::t0, kLandlock, kNotWanted);
  const LandlockState landlock = restrict_zygote(configure.scratch, configure.landlock_abi_max);
  if (landlock.abi == 0) {
    return report.missing(Tier::t0, kLandlock, landlock.step, landlock.error);
  }
  char detail[32];
  std::snprintf(detail, sizeof detail, "ABI %d", landlock.abi);
  report.on(Tier::t0, kLandlock, detail);
}

CallFilter filter_calls(const protocol::Configure& configure, SandboxReport& report,
                        UniqueFd& listener) {
  if (configure.tier_max < Tier::t0) {
    report.off(Tier::t0, kFilter, kNotWanted);
    return CallFilter::none;
  }
  Installed installed;
  if (g_filter_error == 0) installed = install_zygote_filter();
  const int error = g_filter_error != 0 ? g_filter_error : installed.error;
  if (error != 0) {
    report.missing(Tier::t0, kFilter, "seccomp", error);
    return CallFilter::none;
  }
  report.on(Tier::t0, kFilter);
  if (installed.listener.get() < 0) {
    report.untold(kRefusals, "seccomp", installed.tell_error);
    return CallFilter::quiet;
  }
  install_trap_handler();
  report.on(Tier::t0, kRefusals, "told by user notification");
  listener = std::move(installed.listener);
  return CallFilter::telling;
}

}  // namespace playground::pool

#include "pool/sandbox.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "pool/sandbox_identity.h"
#include "pool/sandbox_landlock.h"
#include "pool/sandbox_seccomp.h"

namespace playground::pool {
namespace {

using protocol::Tier;

constexpr char kFilter[] = "system call filter";
constexpr char kLandlock[] = "landlock";
constexpr char kNotWanted[] = "PLAYGROUND_SANDBOX_MAX";

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

bool filter_calls(const protocol::Configure& configure, SandboxReport& report) {
  if (configure.tier_max < Tier::t0) {
    report.off(Tier::t0, kFilter, kNotWanted);
    return false;
  }
  if (const int error = install_zygote_filter(configure.uid != 0); error != 0) {
    report.missing(Tier::t0, kFilter, "seccomp", error);
    return false;
  }
  report.on(Tier::t0, kFilter);
  return true;
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

}  // namespace playground::pool

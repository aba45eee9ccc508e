#include "pool/sandbox_identity.h"

#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace playground::pool {

int leave_root(uid_t uid, const char** step) {
  if (uid == 0) return 0;
  *step = "setgroups";
  if (::setgroups(0, nullptr) != 0) return errno;
  *step = "setresgid";
  if (::setresgid(uid, uid, uid) != 0) return errno;
  *step = "setresuid";  // takes the capabilities away, too: PR_SET_KEEPCAPS is not set
  if (::setresuid(uid, uid, uid) != 0) return errno;
  *step = "PR_SET_DUMPABLE";
  return ::prctl(PR_SET_DUMPABLE, 1) == 0 ? 0 : errno;
}

namespace {

constexpr std::uint32_t bit(int capability) {
  return 1U << capability;
}

int set_capabilities(std::uint32_t first_word) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{first_word, first_word, 0}};
  return ::syscall(SYS_capset, &header, data) == 0 ? 0 : errno;
}

}  // namespace

int drop_capabilities() {
  return set_capabilities(0);
}

// The bounding set ends where the kernel knows no further capability.
int keep_namespace_capabilities() {
  for (int capability = 0; ::prctl(PR_CAPBSET_DROP, capability) == 0; ++capability) {
  }
  if (errno != EINVAL) return errno;
  return set_capabilities(bit(CAP_SYS_ADMIN) | bit(CAP_SYS_CHROOT));
}

int hide_from_others() {
  return ::prctl(PR_SET_DUMPABLE, 0) == 0 ? 0 : errno;
}

}  // namespace playground::pool

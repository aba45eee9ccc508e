#include "pool/sandbox_identity.h"

#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

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

int drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  return ::syscall(SYS_capset, &header, none) == 0 ? 0 : errno;
}

int hide_from_others() {
  return ::prctl(PR_SET_DUMPABLE, 0) == 0 ? 0 : errno;
}

}  // namespace playground::pool

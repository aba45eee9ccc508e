// The zygote's system call filter, which every worker inherits.
#pragma once

namespace playground::pool {

// Allows what the zygote or a program needs, refuses the rest with EPERM. `own_user`: nothing but
// programs runs as this user, so they may change modes and times of files. 0, or an errno.
// PR_SET_NO_NEW_PRIVS must be set.
int install_zygote_filter(bool own_user);

}  // namespace playground::pool

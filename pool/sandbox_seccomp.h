// The zygote's system call filter, which every worker inherits.
#pragma once

#include "pool/sandbox_program.h"

namespace playground::pool {

// Compiles the filter: it allows what the zygote or a program needs, refuses the rest with EPERM.
// `own_user`: nothing but programs runs as this user, so they may change modes and times of files.
// Before learn_pages(), because it leaves the heap another one. 0, or an errno.
int prepare_zygote_filter(bool own_user);

// Installs it. PR_SET_NO_NEW_PRIVS must be set; from now on nothing that is refused may be called
// before the server has the listener.
Installed install_zygote_filter();

}  // namespace playground::pool

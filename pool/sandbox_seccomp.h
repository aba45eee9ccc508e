// The zygote's system call filter, which every worker inherits.
#pragma once

namespace playground::pool {

// Refuses what neither the zygote nor any program may do. 0, or an errno. PR_SET_NO_NEW_PRIVS must
// be set.
int install_zygote_filter();

}  // namespace playground::pool

// The worker's own short system call filter: what names a process may name only the worker itself.
#pragma once

#include <sys/types.h>

namespace playground::pool {

// The last thing that a worker does to itself: no further process, no further filter. False with
// errno.
bool install_self_filter(pid_t own);

}  // namespace playground::pool

// The worker's own short system call filter: what names a process may name only the worker itself.
#pragma once

#include <sys/types.h>

namespace playground::pool {

// What becomes of calls that the zygote's filter refuses.
enum class CallFilter {
  none,     // there is none
  quiet,    // EPERM
  telling,  // EPERM, and the server is told
};

// The last thing that a worker does to itself: no further process, no further filter. `zygotes` is
// what it inherited, whose way to refuse it follows. False with errno.
bool install_self_filter(pid_t own, CallFilter zygotes);

}  // namespace playground::pool

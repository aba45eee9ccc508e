// The first process of the workers' pid namespace. It has to be there as long as any of them, and
// signals without a handler don't reach it: no program should be it.
#pragma once

namespace playground::pool {

// After enter_pid_namespace(), before any other child. It becomes the server's child, as workers
// are, and ends with the server; or once this process is gone and no worker is left. False with
// errno.
bool start_pid_one();

// Whether it was started and is no more: then nothing can be forked, ever.
bool pid_one_is_gone();

}  // namespace playground::pool

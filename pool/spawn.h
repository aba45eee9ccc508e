// One fork of the zygote.
#pragma once

#include <sched.h>

#include "pool/protocol.h"
#include "pool/sandbox_self.h"

namespace playground::pool {

// How the zygote clones itself, with the flags of the second where the kernel tells the address of
// the thread's id. The system call filter lets pass exactly these.
inline constexpr unsigned long kWorkerClone = CLONE_PARENT | CLONE_PIDFD;
inline constexpr unsigned long kWorkerCloneTid = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;

// Makes a worker and hands its ends to the server, or answers that it failed. Ends the zygote if
// the server is gone; does not return in the worker. `filter`: the zygote's; where there is one,
// the worker adds its own.
void spawn_worker(const protocol::Spawn& order, const protocol::Configure& configure,
                  CallFilter filter);

}  // namespace playground::pool

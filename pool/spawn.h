// One fork of the zygote.
#pragma once

#include "pool/protocol.h"

namespace playground::pool {

// Makes a worker and hands its ends to the server, or answers that it failed. Ends the zygote if
// the server is gone; does not return in the worker. `filtered`: the zygote has its
// system call filter, so the worker adds its own.
void spawn_worker(const protocol::Spawn& order, const protocol::Configure& configure,
                  bool filtered);

}  // namespace playground::pool

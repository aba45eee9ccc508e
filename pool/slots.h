// Slots: the private file systems of tier T1. Each is a mount namespace of its own with an empty
// tmpfs on the same folder; a worker enters one and sees no other. They are made once, because a
// mount for each worker costs more than all the rest of the sandbox, and because a process under
// Landlock can't mount. The server empties a slot between two workers.
#pragma once

#include "pool/protocol.h"

namespace playground::pool {

// Makes configure.slots of them, on configure.mount. Needs the capabilities of enter_namespaces().
// `step` names what failed. 0, or an errno: then there are none.
int make_slots(const protocol::Configure& configure, const char** step);

int slot_count();

// The slot's root folder, a descriptor of the zygote's; -1 with errno where there is no such slot.
int slot_folder(int slot);

// Takes this process, which must have one thread, into a slot that there is; its working directory
// becomes "/". Needs CAP_SYS_ADMIN and CAP_SYS_CHROOT. False with errno.
bool enter_slot(int slot);

}  // namespace playground::pool

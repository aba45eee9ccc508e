// Who the zygote and its workers are: nobody, with no capability, and not to be looked into.
#pragma once

#include <sys/types.h>

namespace playground::pool {

// Becomes `uid`, with the group of the same number and no other group; 0 leaves things as they are.
// Learning of pages and uid_map need /proc/self, which the kernel then closes: it is opened again.
// `step` names what failed. 0, or an errno.
int leave_root(uid_t uid, const char** step);

// Gives up every capability, in whatever user namespace. 0, or an errno.
int drop_capabilities();

// Gives up all but what entering namespaces of the present user namespace takes (CAP_SYS_ADMIN,
// CAP_SYS_CHROOT), for good: no program that is executed can get any. 0, or an errno.
int keep_namespace_capabilities();

// Nobody of the same user can trace this process, nor read its memory or its environment; its
// workers inherit that. 0, or an errno.
int hide_from_others();

}  // namespace playground::pool

// The folder that modules may write to while the zygote imports them, and what is taken back after.
#pragma once

#include "pool/python.h"

namespace playground::pool {

// Makes `home`, a writable folder, the HOME and TMPDIR of what is imported from now on; with an
// empty one, these stay as they are. Returns a copy of the environment as it was, or nothing when
// that failed (without an exception).
Ref lend_home(const char* home);

// Makes the environment again what lend_home() returned, and withdraws the atexit callbacks by
// which modules delete files of theirs: those are the zygote's, and every worker would run them.
void take_home_back(const Ref& environment);

}  // namespace playground::pool

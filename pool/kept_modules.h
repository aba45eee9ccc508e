// Modules of the standard library that the zygote has imported and no program sees before it
// imports them itself: an `import` then takes some microseconds instead of milliseconds, and
// everything else is as if the module had been executed there and then.
#pragma once

#include "pool/protocol.h"

namespace playground::pool {

// In the zygote, after the preloads, whose modules are none of these: imports them, takes them out
// of sys.modules, and takes its place in the import system. Says in `hello` how many they are, or
// why there are none.
void keep_modules(protocol::Hello& hello);

// This program gets none of them: it would see that they are not executed.
void forbid_kept_modules();

// A finder of our own stands in front of sys.meta_path from now on, and finds none of them.
void expect_own_finder();

}  // namespace playground::pool

// The user's program, from the request to the end of the process.
#pragma once

#include "pool/request.h"

namespace playground::pool {

// Goes once through the paths that every program takes: caches are filled then, and the pages that
// a program writes to are written to. False with a Python exception.
bool warm_up();

// Goes the whole way of a short program, in a copy of the zygote that is thrown away: prints to
// stdout, and calls `at_end` where the process would end, which must not return.
[[noreturn]] void rehearse_program(void (*at_end)());

// In the worker, before it is ready, for run_program(): makes the file that the source comes to lie
// in. False with errno.
bool make_script();

// Runs the program as `python3 main.py` would, and ends the process as that would end.
[[noreturn]] void run_program(const Request& request);

}  // namespace playground::pool

// The user's program, from the request to the end of the process.
#pragma once

#include "pool/request.h"

namespace playground::pool {

// Goes once through the paths that every program takes, so that the pages they write to are the
// worker's own before it is ready. False with a Python exception.
bool warm_up();

// Runs the program as `python3 main.py` would, and ends the process as that would end.
[[noreturn]] void run_program(const Request& request);

}  // namespace playground::pool

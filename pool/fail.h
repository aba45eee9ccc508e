// The one way in which a worker gives up before or beside the program.
#pragma once

namespace playground::pool {

// Prints the pending Python exception, if any, and "playground worker failed to: STEP:
// strerror(error)" to stderr, and ends the process with status 70.
[[noreturn]] void fail(const char* step, int error);

}  // namespace playground::pool

// How a refused call is told that another filter answers with an error: that answer would outrank a
// notification, a trap outranks it. The trap's handler makes a call that is notified and names the
// refused one.
#pragma once

namespace playground::pool {

// Whether the handler is written for this architecture.
bool can_trap();

// Handles SIGSYS from now on, in this process and what it forks. Python goes on to take the signal
// for one without a handler.
void install_trap_handler();

}  // namespace playground::pool

// What an interpreter calls before it takes itself apart: threading._shutdown(), which joins
// threads, and the atexit callbacks. Those of preloaded modules are Python code that ends in a
// hundred pages which a worker has to copy, and mostly come to nothing: no thread is there to be
// joined, no handler of logging has been made.
#pragma once

namespace playground::pool {

// In the zygote, once nothing is imported any more: notes the callbacks and what they look at.
void note_exit_callbacks();

// atexit's callbacks, those that were unregistered included; 0 where it is not loaded.
long count_exit_callbacks();

// Calls them, unless all of them are those of the zygote and known to come to nothing, in a program
// that has left nothing behind (leftovers.h). Done twice they do nothing the second time. True if
// there was anything to call.
bool run_exit_callbacks();

}  // namespace playground::pool

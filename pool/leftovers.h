// Did the program leave anything that the interpreter's finalization would make visible?
#pragma once

namespace playground::pool {

// In the zygote: what the check compares with. False with a Python exception.
bool prepare_leftovers();

// In the zygote, after gc.freeze(): the objects that the collector knows from here on are the
// program's.
void place_canary();

// True if Py_FinalizeEx() might print, write or otherwise do something: other threads, replaced
// streams, an object with a finalizer, a weak reference with a callback, or one of a type that is
// not known to end silently. Costs some nanoseconds for each container object that the program
// left.
bool anything_left();

// Gives the collector the zygote's objects back, as the interpreter's finalization expects them: a
// cycle through one of them, such as every function of __main__, would not be found. Not if the
// program has frozen the heap by itself. `unseen`: without the call that an audit hook would see.
void thaw_heap(bool unseen);

}  // namespace playground::pool

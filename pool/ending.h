// How a program ends: what `python3 main.py` does after the last line of main.py.
#pragma once

#include "pool/python.h"

namespace playground::pool {

// In the zygote, before freeze_heap() and directly after it.
bool prepare_ending();
void mark_young_heap();

// In the worker, before it is ready: goes through what every ending goes through. False with an
// exception.
bool warm_ending();

// The program might notice the quick ending: it gets the interpreter's whole finalization.
void forbid_quick_ending();

// Has end_program() call `last` before it ends the process, where it does so with status 0 and
// without the interpreter's whole finalization.
void end_after(void (*last)());

// The server waits to be told of such an end.
void announce_end();

// `result` is what the module's code returned (owned), or null with its exception pending. Prints
// the exception, joins threads, runs atexit callbacks, flushes, exits with the interpreter's
// status.
[[noreturn]] void end_program(PyObject* result);

}  // namespace playground::pool

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

// The server waits to be told of the end.
void announce_end();

// Has end_program() call `last`, which must not return, where it would end the process.
void end_before(void (*last)());

// `result` is what the module's code returned (owned), or null with its exception pending. Prints
// the exception, joins threads, runs atexit callbacks, flushes, exits with the interpreter's
// status.
[[noreturn]] void end_program(PyObject* result);

}  // namespace playground::pool

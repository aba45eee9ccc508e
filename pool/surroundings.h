// What a program finds around itself: __main__, sys, os.environ, as `cd folder && python3 main.py`
// has them.
#pragma once

#include "pool/python.h"

namespace playground::pool {

// In the zygote, after freeze_heap(): gc.get_referrers() has to find a program's namespace. False
// with a Python exception.
bool prepare_surroundings();

// In the zygote, after prepare_surroundings(), where every worker's folder has this one path: does
// what depends on nothing else once instead of in each worker. `folder`: absolute, without links on
// the way. False with an exception.
bool settle_beforehand(const char* folder);

// In the worker, with the program's folder as the current directory. False with errno or an
// exception.
bool become_main_program();

// Absolute path of main.py. Valid in the worker after become_main_program().
const char* main_path();

// __main__.__dict__, borrowed.
PyObject* main_namespace();

// The runner's own reference to __main__ keeps it and its namespace alive until its code has ended,
// whatever the program does to sys.modules; what is alive later shows in the order of finalizers.
// The namespace has one of its own only from the end of the code on: a program can count them.
void keep_main_namespace();
void release_main_module();
void release_main_namespace();

// A plain file or a pipe makes Python keep what is printed until 8 KiB are full; so it is written
// at each line's end, as on a terminal. False with an exception.
bool line_buffer_stdout();

// Appends to sys.argv and sys.orig_argv. False with an exception.
bool append_argument(const char* argument);

}  // namespace playground::pool

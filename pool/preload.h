// What the zygote does to itself before the first fork, so that no worker has to.
#pragma once

#include <cstddef>

namespace playground::pool {

// Imports the comma-separated modules. Failures are collected in `errors`, "module: Type: message"
// a line, cut at `size`; nothing else comes of them. Meanwhile `home` is HOME and TMPDIR, see
// import_home.h.
void import_preloads(const char* names, const char* home, char* errors, std::size_t size);

// Lets libraries end their threads (OpenBLAS does so in a pthread_atfork handler), which a fork by
// the raw system call would not cause, and empties Python's output buffers, which every worker
// would inherit.
void quiet_threads();

// Threads that a program starts get stacks of 3 MiB unless it asks for another size: those of 8
// MiB, the default elsewhere, would use up RLIMIT_DATA after forty of them. Python's recursion
// limit has to be reached before the stack's end, also where each call goes through C: sorted(),
// the function of the standard library that needs most, takes 2.5 MiB for that when its comparisons
// call it again.
void limit_thread_stacks();

// Collects, then moves all objects to where the collector never looks again: a collection in a
// worker would write to, and thereby copy, every page of the heap.
void freeze_heap();

}  // namespace playground::pool

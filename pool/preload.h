// What the zygote does to itself before the first fork, so that no worker has to.
#pragma once

#include "pool/protocol.h"

namespace playground::pool {

// Imports the comma-separated modules, and fills in what Hello says of them: which were imported,
// which failed and why, and which of them left threads running. Nothing else comes of failures.
// Meanwhile `home` is HOME and TMPDIR, see import_home.h.
void import_preloads(const char* names, const char* home, protocol::Hello& hello);

// Empties Python's output buffers, which every worker would inherit.
void flush_streams();

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

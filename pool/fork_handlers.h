// Handlers of forks that Python modules have registered (os.register_at_fork). What threading,
// logging, random and concurrent.futures do there is Python code that every worker would run, in
// two hundred pages that it has to copy: to set up anew what in a process of one thread, where
// nobody holds a lock, is as it would be afterwards.
#pragma once

namespace playground::pool {

// In the zygote, once nothing is imported any more and before the heap is frozen: keeps those
// handlers from being called, where there is no more than one thread to Python's knowledge. Others
// are left as they are; where the interpreter keeps them elsewhere than it is known to, all are.
void set_fork_handlers_aside();

// In a copy of the zygote, after PyOS_AfterFork_Child(), where programs can fork: the handlers are
// as the modules had left them. Where they can't nobody misses those, and each is in a page of its
// own.
void restore_fork_handlers();

}  // namespace playground::pool

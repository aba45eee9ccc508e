// Threads that libraries have started in the zygote. A fork copies the calling thread alone: what a
// library believes of the others is then wrong, and it waits for them for ever.
#pragma once

namespace playground::pool {

// Of this process, the calling one included; 1 where that can't be told.
int count_threads();

// Has libraries end theirs, so that they start new ones in a worker that needs them: those that do
// it when the process forks (OpenBLAS does, in a pthread_atfork handler, which the raw system call
// by which workers are made does not run), and OpenMP runtimes, which do it when asked. Waits for
// a moment until they are gone.
void end_library_threads();

}  // namespace playground::pool

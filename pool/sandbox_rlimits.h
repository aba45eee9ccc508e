// Limits of the kernel on one worker.
#pragma once

#include <cstdint>

namespace playground::pool {

// RLIMIT_NOFILE, RLIMIT_FSIZE, no core files. False with errno.
bool limit_files(std::uint64_t open_files, std::uint64_t file_bytes);

// How much data this process has mapped, in bytes; 0 with errno when it can't be told. Needs
// /proc/self, which workers can't read.
std::uint64_t data_size();

// What a worker that is ready has mapped, for limit_memory().
void note_data_size(std::uint64_t bytes);

// RLIMIT_DATA: what note_data_size() was told, `bytes`, and kThreadRoom. False with errno.
bool limit_memory(std::uint64_t bytes);

// Room for the stacks of 21 threads (limit_thread_stacks), which count as data although hardly any
// of it is used; those of more threads are part of the program's memory. The exact limit is the
// server's watch on resident memory; this one is there for Python to raise MemoryError.
inline constexpr std::uint64_t kThreadRoom = 64ULL << 20;

}  // namespace playground::pool

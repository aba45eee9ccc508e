// What a program may read besides its own folder.
#pragma once

namespace playground::pool {

// Calls `found` with each path, whether it exists or not: the interpreter with its libraries (a
// virtual environment's base included), shared libraries, time zones, certificates, fonts, harmless
// devices, and the few files of /proc and /sys that libraries size themselves by.
void list_readable_paths(void (*found)(const char* path, void* context), void* context);

}  // namespace playground::pool

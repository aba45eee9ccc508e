// A program as the worker reads it from its stdin; pool/protocol.h has the layout.
#pragma once

#include <cstddef>
#include <string>

#include "exec/program.h"

namespace playground::exec {

// Whether the program may be answered before its process has ended. With all processors busy
// nothing would be gained, and a little lost; files have to wait until nothing changes them any
// more.
bool answers_early(const Program& program);

// `memory_bytes` is what the program may have above its ready state.
std::string request_frame(const Program& program, std::size_t memory_bytes);

}  // namespace playground::exec

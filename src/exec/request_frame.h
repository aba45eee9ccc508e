// A program as the worker reads it from its stdin; pool/protocol.h has the layout.
#pragma once

#include <cstddef>
#include <string>

#include "exec/program.h"

namespace playground::exec {

// `memory_bytes` is what the program may have above its ready state.
std::string request_frame(const Program& program, std::size_t memory_bytes);

}  // namespace playground::exec

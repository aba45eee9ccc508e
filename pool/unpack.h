// The files that a request brings, from stdin into the folder.
#pragma once

#include <cstddef>

namespace playground::pool {

// Reads the next `count` files from stdin and writes them below the working directory, making the
// folders on the way. False with errno when the folder, or its volume, has no room for them; ends
// the process for whatever else goes wrong.
bool unpack_files(std::size_t count);

}  // namespace playground::pool

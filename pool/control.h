// The zygote's end of the control socket: what it sends.
#pragma once

#include <cstddef>

namespace playground::pool {

// One message with `count` descriptors, at most protocol::kSpawnedFds; they stay open here. False:
// the server is gone.
bool send_message(const void* message, std::size_t size, const int* fds, std::size_t count);

}  // namespace playground::pool

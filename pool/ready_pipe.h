// The pipe by which workers say that they are ready (protocol::Ready): one for all of a zygote's.
#pragma once

#include <cstdint>

namespace playground::pool {

// In the zygote: moves it out of the way of the numbers that programs' files get. False with errno
// on failure.
bool move_ready_pipe();

// Its number since.
int ready_pipe();

// In a worker: says so, in answer to the order `id`, and closes the pipe, which a program must not
// have. False: the server is gone.
bool say_ready(std::uint64_t id);

}  // namespace playground::pool

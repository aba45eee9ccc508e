// protocol::kFlushSignal: the program's time is up, what it printed shall not be lost.
#pragma once

namespace playground::pool {

// In the zygote. False with a Python exception.
bool install_flush_handler();

}  // namespace playground::pool

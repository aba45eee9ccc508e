// The zygote: the interpreter that imports once and is then forked for every worker. Started by the
// server, one thread, controlled by datagrams on protocol::kControlFd.
#pragma once

namespace playground::pool {

// Obeys the server until it goes away; in a forked copy, is the worker. Called with the GIL held
// and no Python frame on the thread.
[[noreturn]] void run_zygote();

}  // namespace playground::pool

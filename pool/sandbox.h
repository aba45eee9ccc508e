// The zygote's part of the sandbox, step by step, with what came of each layer. Every worker
// inherits it.
#pragma once

#include "pool/io.h"
#include "pool/protocol.h"
#include "pool/sandbox_report.h"
#include "pool/sandbox_self.h"

namespace playground::pool {

// First, before anything of others is imported: no longer root, no capabilities, no way back.
// `step` names what failed. 0, or an errno: then nothing may be imported.
int enter_sandbox(const protocol::Configure& configure, SandboxReport& report, const char** step);

// Compiles the filter of system calls, before learn_pages().
void prepare_filter(const protocol::Configure& configure);

// Takes away what learning needed of /proc, and all files that programs have no use for.
void close_files(const protocol::Configure& configure, SandboxReport& report);

// Last: what the zygote may still call; its workers likewise. `listener` becomes what the server
// has to have before anyone makes a call that is refused; it stays empty unless the answer is
// `telling`.
CallFilter filter_calls(const protocol::Configure& configure, SandboxReport& report,
                        UniqueFd& listener);

}  // namespace playground::pool

// The zygote's part of the sandbox, step by step, with what came of each layer. Every worker
// inherits it.
#pragma once

#include "pool/protocol.h"
#include "pool/sandbox_report.h"

namespace playground::pool {

// First, before anything of others is imported: no longer root, no capabilities, no way back.
// `step` names what failed. 0, or an errno: then nothing may be imported.
int enter_sandbox(const protocol::Configure& configure, SandboxReport& report, const char** step);

// What the zygote may still call; its workers likewise. After what is preloaded was imported.
// Returns whether the filter is there, so that workers add theirs.
bool filter_calls(const protocol::Configure& configure, SandboxReport& report);

// Last: takes away what learning needed of /proc, and all files that programs have no use for.
void close_files(const protocol::Configure& configure, SandboxReport& report);

}  // namespace playground::pool

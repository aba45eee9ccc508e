// Which sandbox this machine allows: tried by starting a zygote that nothing else is done with.
#pragma once

#include "app/check.h"
#include "app/config.h"
#include "base/result.h"
#include "exec/sandbox_layers.h"

namespace playground::app {

// Takes as long as the interpreter's start, some 30 ms; nothing is preloaded. Errors: the
// interpreter can't be started, or gives up; one line.
Result<exec::Sandbox> probe_sandbox(const Config& config);

// As a table of `playground check`.
SandboxTable sandbox_table(const Config& config, const Result<exec::Sandbox>& sandbox);

}  // namespace playground::app

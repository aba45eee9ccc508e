// Which sandbox this machine allows: tried by starting a zygote that nothing else is done with.
#pragma once

#include <string>

#include "app/check.h"
#include "app/config.h"
#include "base/result.h"
#include "exec/sandbox_layers.h"

namespace playground::app {

struct ProbedSandbox {
  exec::Sandbox sandbox;
  std::string python_version;
};

// Takes as long as the interpreter's start, some 30 ms; nothing is preloaded. Errors: the
// interpreter can't be started, or gives up; one line.
Result<ProbedSandbox> probe_sandbox(const Config& config, const Python& python);

// Tries each interpreter, and names those that have no name yet by their versions. The table of
// `playground check` is the first one's, or that of the first that falls short.
SandboxTable probe_sandboxes(Config& config);

}  // namespace playground::app

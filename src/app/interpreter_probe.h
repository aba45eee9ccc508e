// The probe of `playground check` that matters most: an interpreter starts, is forked, and runs a
// program.
#pragma once

#include "app/check.h"
#include "app/config.h"

namespace playground::app {

// Takes as long as the interpreter's start and the import of what is preloaded.
Probe probe_interpreter(const Config& config);

}  // namespace playground::app

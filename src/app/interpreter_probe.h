// The probe of `playground check` that matters most: an interpreter starts, is forked, and runs a
// program.
#pragma once

#include <vector>

#include "app/check.h"
#include "app/config.h"

namespace playground::app {

// Takes as long as the interpreter's start and the import of what is preloaded. One line says
// whether it serves; a further one each, what it was short of.
std::vector<Probe> probe_interpreter(const Config& config, const Python& python);

}  // namespace playground::app

// The JSON of what came of a program, as POST /py/eval replies it.
#pragma once

#include <string>

#include "exec/program.h"

namespace playground::app {

std::string write_outcome(const exec::Outcome& outcome);

}  // namespace playground::app

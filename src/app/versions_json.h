// The JSON of GET /py/versions: what programs can be run by.
#pragma once

#include <string>
#include <vector>

#include "exec/interpreter_info.h"

namespace playground::app {

// At least one; the first is the default. Of an interpreter that has not started yet only the name
// is known: what else there is to say of it is null, and it has no modules.
std::string write_versions(const std::vector<exec::InterpreterInfo>& interpreters);

}  // namespace playground::app

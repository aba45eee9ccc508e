// The JSON of what came of a program, as POST /py/eval replies it.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "exec/program.h"

namespace playground::app {

std::string write_outcome(const exec::Outcome& outcome);

// The same as members of an object that has been begun.
void write_outcome(JsonWriter& json, const exec::Outcome& outcome);

// Those of them that are not its output.
void write_fields(JsonWriter& json, const exec::Outcome& outcome);

}  // namespace playground::app

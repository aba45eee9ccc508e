// What a reply has of the files and figures that a program left; nothing where they were not asked
// for.
#pragma once

#include "base/json_writer.h"
#include "exec/program.h"

namespace playground::app {

// Members of "truncated": "files" and "plots", true where something was left out.
void write_left_out(JsonWriter& json, const exec::Outcome& outcome);

// Members of the reply: "files" and "plots".
void write_files(JsonWriter& json, const exec::Outcome& outcome);

// About as many bytes as these take.
std::size_t size_of_files(const exec::Outcome& outcome);

}  // namespace playground::app

// The JSON of POST /py/eval: from a request's body to a Program, from an Outcome to a reply's body.
#pragma once

#include <string>
#include <string_view>

#include "app/api_error.h"
#include "base/result.h"
#include "exec/program.h"

namespace playground::app {

// `max_timeout` is both the largest allowed "timeout_ms" and its default. The error names the
// field.
Result<exec::Program, ApiError> parse_evaluation(std::string_view body, milliseconds max_timeout);

std::string write_outcome(const exec::Outcome& outcome);

}  // namespace playground::app

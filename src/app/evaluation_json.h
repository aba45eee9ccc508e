// The JSON of POST /py/eval: from a request's body to a Program.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/api_error.h"
#include "base/result.h"
#include "exec/program.h"

namespace playground::app {

// The most that a request may ask for, and what it gets if it asks for nothing.
struct Allowance {
  milliseconds timeout{};
  std::size_t memory_bytes = 0;
  std::size_t code_bytes = SIZE_MAX;        // more than this could not be written as main.py
  std::size_t files_bytes = SIZE_MAX;       // contents of all files together
  std::vector<std::string> interpreters{};  // the default comes first
};

// The error names the field.
Result<exec::Program, ApiError> parse_evaluation(std::string_view body, const Allowance& allowance);

// The same of an object that is parsed already.
Result<exec::Program, ApiError> read_evaluation(simdjson::dom::object fields,
                                                const Allowance& allowance);

// Valid until the thread's next call. The error names the field that is to blame, if it can be
// told.
Result<simdjson::dom::element, ApiError> parse_json(std::string_view body);

}  // namespace playground::app

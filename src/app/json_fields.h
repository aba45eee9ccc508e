// What the fields of a JSON request are checked by: each refusal names the field and what it
// allows.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "app/api_error.h"
#include "base/result.h"

namespace playground::app {

// 400 with that code.
Unexpected<ApiError> refuse(std::string_view code, std::string message, std::string_view field);

// `wanted`: "a string".
Unexpected<ApiError> wrong_type(std::string_view field, std::string_view wanted);

Result<void, ApiError> read_boolean(simdjson::dom::element value, std::string_view field,
                                    bool& into);

// Errors: there is a NUL, which no source and no argument of a command can contain.
Result<void, ApiError> no_nul(std::string_view text, std::string_view field);

// An integer from 1 to `most`.
Result<std::int64_t, ApiError> read_integer(simdjson::dom::element value, std::string_view field,
                                            std::int64_t most);

}  // namespace playground::app

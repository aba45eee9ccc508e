#include "app/json_fields.h"

#include <utility>

namespace playground::app {

Unexpected<ApiError> refuse(std::string_view code, std::string message, std::string_view field) {
  return {ApiError{400, std::string(code), std::move(message), std::string(field)}};
}

Unexpected<ApiError> wrong_type(std::string_view field, std::string_view wanted) {
  return refuse("wrong_type", "\"" + std::string(field) + "\" must be " + std::string(wanted),
                field);
}

Result<void, ApiError> read_boolean(simdjson::dom::element value, std::string_view field,
                                    bool& into) {
  if (value.get(into) != simdjson::SUCCESS) return wrong_type(field, "true or false");
  return {};
}

Result<void, ApiError> no_nul(std::string_view text, std::string_view field) {
  if (text.find('\0') == std::string_view::npos) return {};
  return refuse("invalid_value", "\"" + std::string(field) + "\" must not contain NUL (U+0000)",
                field);
}

Result<std::int64_t, ApiError> read_integer(simdjson::dom::element value, std::string_view field,
                                            std::int64_t most) {
  std::string range = "from 1 to " + std::to_string(most);
  if (!value.is<std::int64_t>() && !value.is<std::uint64_t>()) {
    return wrong_type(field, "an integer " + range);
  }
  std::int64_t number = 0;
  bool fits = value.get(number) == simdjson::SUCCESS;
  if (fits && number >= 1 && number <= most) return number;
  return refuse("out_of_range", "\"" + std::string(field) + "\" must be " + range, field);
}

}  // namespace playground::app

// Bodies that browsers' forms send: application/x-www-form-urlencoded and multipart/form-data.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace playground::http {

// Names and values in the order in which they were sent; bytes as they are, UTF-8 by custom.
struct FormField {
  std::string name;
  std::string value;
};
using Form = std::vector<FormField>;

// The first value of that name.
std::optional<std::string_view> form_value(const Form& form, std::string_view name);

// "application/json" of "Application/JSON; charset=utf-8".
std::string media_type(std::string_view content_type);

// The request's Content-Type; empty where it names none.
std::string_view content_type_of(const Request& request);

// Whether `content_type` is of that media type, which is in lower case.
bool is_media_type(std::string_view content_type, std::string_view type);

// A parameter of a field like Content-Type or Content-Disposition, its quotes and escapes undone
// (RFC 9110, 5.6.6); nullopt where it is missing or not well formed.
std::optional<std::string> media_parameter(std::string_view field, std::string_view name);

// Errors: "%" without two hexadecimal digits; too many fields.
Result<Form> parse_urlencoded(std::string_view body);

// RFC 7578. Errors: no boundary in `content_type`, a part without a name, lines that don't end in
// CRLF, no closing boundary, too many parts, or heads of parts that are too large.
Result<Form> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace playground::http

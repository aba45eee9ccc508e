#include "app/form_program.h"

#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "app/argument_line.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "http/form.h"

namespace playground::app {
namespace {

using Failed = Unexpected<ApiError>;

std::string with_unix_lines(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    lines += text[i];
  }
  return lines;
}

Result<void, ApiError> check_text(const http::Form& form) {
  constexpr std::string_view kTexts[] = {"code", "stdin", "args", "arguments", "python"};
  for (const auto& field : form) {
    if (std::find(std::begin(kTexts), std::end(kTexts), field.name) == std::end(kTexts)) continue;
    if (simdjson::validate_utf8(field.value.data(), field.value.size())) continue;
    return Failed{{400, "invalid_value", "\"" + field.name + "\" must be UTF-8", field.name}};
  }
  return {};
}

Result<http::Form> parse(const http::Request& request) {
  std::string_view type = http::content_type_of(request);
  return http::media_type(type) == "multipart/form-data" ? http::parse_multipart(type, request.body)
                                                         : http::parse_urlencoded(request.body);
}

}  // namespace

bool is_form(std::string_view media_type) {
  return media_type == "application/x-www-form-urlencoded" || media_type == "multipart/form-data";
}

FormFields read_fields(const http::Request& request) {
  FormFields fields;
  auto form = parse(request);
  if (!form) return fields;
  auto text = [&](std::string_view name) {
    std::string_view value = http::form_value(*form, name).value_or("");
    bool valid = simdjson::validate_utf8(value.data(), value.size());
    return valid ? with_unix_lines(value) : std::string();
  };
  fields.code = text("code");
  fields.input = text("stdin");
  fields.arguments = text("arguments");
  return fields;
}

Result<FormProgram, ApiError> read_form(const http::Request& request) {
  auto form = parse(request);
  if (!form)
    return Failed{{400, "invalid_form", "the form can't be read: " + form.error().message, ""}};
  auto code = http::form_value(*form, "code");
  if (!code) return Failed{{400, "missing_field", "\"code\" is required: a form field", "code"}};
  if (auto checked = check_text(*form); !checked) return Failed{checked.error()};

  FormProgram program;
  program.token = http::form_value(*form, "token").value_or("");
  auto further = split_arguments(http::form_value(*form, "arguments").value_or(""));
  if (!further) return Failed{further.error()};
  JsonWriter json;
  json.begin_object().key("code").string(with_unix_lines(*code));
  if (auto input = http::form_value(*form, "stdin"))
    json.key("stdin").string(with_unix_lines(*input));
  json.key("args").begin_array();
  for (const auto& field : *form) {
    if (field.name == "args") json.string(field.value);
  }
  for (const std::string& argument : *further) json.string(argument);
  json.end_array();
  if (auto timeout = http::form_value(*form, "timeout_ms")) {
    auto ms = parse_unsigned(*timeout);
    if (!ms || *ms > INT64_MAX) {
      return Failed{{400, "wrong_type", "\"timeout_ms\" must be an integer", "timeout_ms"}};
    }
    json.key("timeout_ms").integer(static_cast<std::int64_t>(*ms));
  }
  if (auto python = http::form_value(*form, "python"); python && !python->empty())
    json.key("python").string(*python);
  program.body = json.end_object().take();
  return program;
}

}  // namespace playground::app

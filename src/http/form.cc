#include "http/form.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace playground::http {
namespace {

// Our own form has a handful; more only cost memory.
constexpr std::size_t kMaxFields = 1000;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view without_parameters(std::string_view field) {
  return trim(field.substr(0, field.find(';')));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool decode(std::string_view text, std::string& out) {
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return true;
}

// Reads a quoted string from just behind its opening quote, up to and with the closing one.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  while (!text.empty()) {
    char c = text.front();
    text.remove_prefix(1);
    if (c == '"') return value;
    // Only these two are escaped by anyone; elsewhere a backslash is a part of a file's name.
    if (c == '\\' && !text.empty() && (text.front() == '"' || text.front() == '\\')) {
      c = text.front();
      text.remove_prefix(1);
    }
    value += c;
  }
  return std::nullopt;
}

// Reads the value of a parameter from just behind the "=".
std::optional<std::string> take_value(std::string_view& text) {
  if (text.starts_with('"')) {
    text.remove_prefix(1);
    return take_quoted(text);
  }
  std::string_view value = text.substr(0, text.find(';'));
  text.remove_prefix(value.size());
  value = trim(value);
  if (value.empty()) return std::nullopt;
  return std::string(value);
}

}  // namespace

std::optional<std::string_view> form_value(const Form& form, std::string_view name) {
  auto found =
      std::find_if(form.begin(), form.end(), [&](const auto& f) { return f.name == name; });
  if (found == form.end()) return std::nullopt;
  return found->value;
}

std::string_view content_type_of(const Request& request) {
  return request.headers.get("Content-Type").value_or("");
}

bool is_media_type(std::string_view content_type, std::string_view type) {
  return equals_ignoring_case(without_parameters(content_type), type);
}

std::string media_type(std::string_view content_type) {
  std::string type(without_parameters(content_type));
  std::transform(type.begin(), type.end(), type.begin(), lower);
  return type;
}

std::optional<std::string> media_parameter(std::string_view field, std::string_view name) {
  field.remove_prefix(std::min(field.find(';'), field.size()));
  while (!field.empty()) {
    field.remove_prefix(1);
    std::size_t equals = field.find_first_of("=;");
    if (equals == std::string_view::npos) return std::nullopt;
    std::string_view key = trim(field.substr(0, equals));
    bool has_value = field[equals] == '=';
    field.remove_prefix(has_value ? equals + 1 : equals);
    if (!has_value) continue;
    auto value = take_value(field);
    if (!value) return std::nullopt;
    if (equals_ignoring_case(key, name)) return value;
    // Only blanks may stand between a quoted value and the next parameter.
    std::size_t next = std::min(field.find(';'), field.size());
    if (!trim(field.substr(0, next)).empty()) return std::nullopt;
    field.remove_prefix(next);
  }
  return std::nullopt;
}

Result<Form> parse_urlencoded(std::string_view body) {
  Form form;
  while (!body.empty()) {
    std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(pair.size() + 1, body.size()));
    if (pair.empty()) continue;
    if (form.size() == kMaxFields) return unexpected("the form has too many fields");
    std::size_t equals = std::min(pair.find('='), pair.size());
    FormField field;
    if (!decode(pair.substr(0, equals), field.name) ||
        !decode(pair.substr(std::min(equals + 1, pair.size())), field.value)) {
      return unexpected("the form has a % without two hexadecimal digits");
    }
    form.push_back(std::move(field));
  }
  return form;
}

}  // namespace playground::http

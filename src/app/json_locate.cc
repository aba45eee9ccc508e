#include "app/json_locate.h"

#include <simdjson.h>

#include <cstdint>

namespace playground::app {
namespace {

// The four hexadecimal digits after "\u", or -1.
int code_unit(std::string_view digits) {
  if (digits.size() < 4) return -1;
  int value = 0;
  for (char c : digits.substr(0, 4)) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// RFC 8259, 7 and 8.2: whether an escape at the start of `text` (a backslash) is good; `length`
// gets its size.
bool good_escape(std::string_view text, std::size_t& length) {
  constexpr std::string_view kSimple = "\"\\/bfnrt";
  length = 2;
  if (text.size() < 2) return false;
  if (kSimple.find(text[1]) != std::string_view::npos) return true;
  if (text[1] != 'u') return false;
  length = 6;
  int unit = code_unit(text.substr(2));
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return false;
  if (unit < 0xD800 || unit > 0xDBFF) return true;
  length = 12;
  if (text.size() < 12 || text.substr(6, 2) != "\\u") return false;
  int low = code_unit(text.substr(8));
  return low >= 0xDC00 && low <= 0xDFFF;
}

bool good_string(std::string_view raw) {
  if (!simdjson::validate_utf8(raw.data(), raw.size())) return false;
  for (std::size_t i = 0; i < raw.size();) {
    if (static_cast<unsigned char>(raw[i]) < 0x20) return false;
    std::size_t length = 1;
    if (raw[i] == '\\' && !good_escape(raw.substr(i), length)) return false;
    i += length;
  }
  return true;
}

// The position of the quote that ends the string which begins after `start`, or npos.
std::size_t end_of_string(std::string_view json, std::size_t start) {
  for (std::size_t i = start; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::string> field_with_bad_string(std::string_view json) {
  std::string field;
  int depth = 0;
  bool expects_name = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth == 1 && (c == '{' || c == ',')) expects_name = true;
    if (c != '"') continue;
    std::size_t end = end_of_string(json, i + 1);
    std::string_view raw = json.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
    bool is_name = depth == 1 && expects_name;
    if (!good_string(raw)) return is_name || field.empty() ? std::nullopt : std::optional(field);
    if (is_name) field = raw;
    expects_name = false;
    if (end == std::string_view::npos) break;
    i = end;
  }
  return std::nullopt;
}

}  // namespace playground::app

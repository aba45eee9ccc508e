#include "base/text.h"

#include <sys/random.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/check.h"

namespace playground {

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool made_of(std::string_view text, std::string_view others, bool upper_case) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (upper_case && c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
  });
}

std::string_view trim(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    std::size_t end = std::min(text.find(separator), text.size());
    if (std::string_view part = trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool same_ignoring_case(const char* a, const char* b, std::size_t size) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a, a + size, b, [&](char x, char y) { return x == y || lower(x) == lower(y); });
}

namespace {

std::string random_bytes(std::size_t count) {
  std::string raw(count, '\0');
  PLAYGROUND_CHECK(::getrandom(raw.data(), count, 0) == static_cast<ssize_t>(count));
  return raw;
}

}  // namespace

std::string random_hex(std::size_t bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(2 * bytes, '\0');
  auto digit = text.begin();
  for (char c : random_bytes(bytes)) {
    auto byte = static_cast<unsigned char>(c);
    *digit++ = kDigits[byte >> 4];
    *digit++ = kDigits[byte & 15];
  }
  return text;
}

std::string random_name(std::size_t bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned bits = 0;
  unsigned count = 0;
  for (char c : random_bytes(bytes)) {
    bits = (bits << 8 | static_cast<unsigned char>(c)) & 0x3fff;
    for (count += 8; count >= 6; count -= 6) text += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) text += kDigits[bits << (6 - count) & 63];
  return text;
}

std::string errno_text(int error) {
  return std::generic_category().message(error);
}

}  // namespace playground

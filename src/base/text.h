// Small functions on text that the standard library lacks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace playground {

// A decimal number without sign, blanks or anything else around it; nullopt otherwise or on
// overflow.
std::optional<std::uint64_t> parse_unsigned(std::string_view text);

// Splits at each `separator`; blanks around the parts are dropped, empty parts too.
std::vector<std::string_view> split_list(std::string_view text, char separator);

// Whether it is of a-z, digits, `others` and, where allowed, A-Z only, and not empty.
bool made_of(std::string_view text, std::string_view others, bool upper_case);

// For each byte, whether it is one of A-Z, a-z, 0-9 or `others`: for checks on a hot path.
constexpr std::array<bool, 256> letters_digits_and(std::string_view others) {
  std::array<bool, 256> table{};
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c : others) table[static_cast<unsigned char>(c)] = true;
  return table;
}

std::string_view trim(std::string_view text);

// ASCII only, as HTTP's field names are. Most differ in length already.
bool same_ignoring_case(const char* a, const char* b, std::size_t size);
inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && same_ignoring_case(a.data(), b.data(), a.size());
}

// `bytes` random bytes from the kernel as hexadecimal digits. Aborts where the kernel has none to
// give.
std::string random_hex(std::size_t bytes);

// The same bytes as a short name: base64url (RFC 4648, 5) without padding, 22 characters for 16
// bytes.
std::string random_name(std::size_t bytes);

// `errno`'s text, as "No such file or directory".
std::string errno_text(int error);

}  // namespace playground

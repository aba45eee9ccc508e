#include "base/json_writer.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/utf8.h"

namespace playground {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// The escape of each byte that needs one (RFC 8259, 7), and its length; 0 for the others.
struct Escape {
  std::uint8_t length = 0;
  char text[7] = {};
};

constexpr std::array<Escape, 256> escape_table() {
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<Escape, 256> table{};
  for (unsigned c = 0; c < 0x20; ++c) {
    table[c] = {6, {'\\', 'u', '0', '0', kDigits[c >> 4], kDigits[c & 15], 0}};
  }
  struct Short {
    unsigned char byte;
    char letter;
  };
  for (Short s : {Short{'"', '"'}, Short{'\\', '\\'}, Short{'\b', 'b'}, Short{'\f', 'f'},
                  Short{'\n', 'n'}, Short{'\r', 'r'}, Short{'\t', 't'}}) {
    table[s.byte] = {2, {'\\', s.letter, 0, 0, 0, 0, 0}};
  }
  return table;
}

constexpr auto kEscapes = escape_table();
constexpr std::size_t kBlock = 16;
constexpr std::size_t kMaxEscape = 6;

// Writes the escape of `c`, or `c` itself; returns the end.
char* put(char* to, char c) {
  const Escape& escape = kEscapes[static_cast<unsigned char>(c)];
  if (escape.length == 0) {
    *to = c;
    return to + 1;
  }
  std::memcpy(to, escape.text, kMaxEscape);
  return to + escape.length;
}

// Copies a block of 16 bytes; returns how many of them stand before the first that needs an escape.
inline std::size_t copy_block(char* to, const char* from) {
#if defined(__SSE2__)
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
  // Unsigned "below 0x20": the larger of the byte and 0x1f is 0x1f.
  const __m128i last_control = _mm_set1_epi8(0x1f);
  const __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(bytes, last_control), last_control);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i special = _mm_or_si128(control, _mm_or_si128(quote, backslash));
  auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
  return mask == 0 ? kBlock : static_cast<std::size_t>(std::countr_zero(mask));
#else
  std::memcpy(to, from, kBlock);
  std::size_t plain = 0;
  while (plain < kBlock && kEscapes[static_cast<unsigned char>(from[plain])].length == 0) ++plain;
  return plain;
#endif
}

// Escapes text that is known to be UTF-8. A buffer in between holds the longest outcome of each
// piece, so that the inner loop asks for no room.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::size_t kPiece = 2048;
  std::array<char, kPiece * kMaxEscape + kBlock> buffer;
  while (!text.empty()) {
    std::string_view piece = text.substr(0, kPiece);
    text.remove_prefix(piece.size());
    const char* from = piece.data();
    const char* const end = from + piece.size();
    char* to = buffer.data();
    while (static_cast<std::size_t>(end - from) >= kBlock) {
      std::size_t plain = copy_block(to, from);
      to += plain;
      from += plain;
      if (plain < kBlock) to = put(to, *from++);
    }
    while (from < end) to = put(to, *from++);
    out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
  }
}

void append_repaired(std::string& out, std::string_view text) {
  std::size_t good = 0;
  while (good < text.size()) {
    std::size_t broken = 0;
    std::size_t length = utf8_sequence(text.substr(good), broken);
    if (length > 0) {
      good += length;
      continue;
    }
    append_escaped(out, text.substr(0, good));
    out.append(kReplacement);
    text.remove_prefix(good + broken);
    good = 0;
  }
  append_escaped(out, text);
}

template <class Integer>
void append_digits(std::string& out, Integer value) {
  char digits[24];
  auto [end, error] = std::to_chars(digits, digits + sizeof(digits), value);
  out.append(digits, end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (simdjson::validate_utf8(text.data(), text.size())) {
    append_escaped(out, text);
  } else {
    append_repaired(out, text);
  }
  out += '"';
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  append_json_string(out_, value);
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  append_digits(out_, value);
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  char digits[400];  // the largest double has 309 digits before the point
  auto [end, error] =
      std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::fixed, 3);
  std::string_view text(digits, static_cast<std::size_t>(end - digits));
  text = text.substr(0, text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.remove_suffix(1);
  out_ += text == "-0" ? "0" : text;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::count(std::string_view name, std::uint64_t value) {
  key(name);
  append_digits(out_, value);
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
}

}  // namespace playground

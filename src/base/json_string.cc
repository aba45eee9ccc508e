#include "base/json_string.h"

#include <simdjson.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/utf8.h"

namespace playground {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// The escape of each byte that needs one, and its length; 0 for the others.
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
constexpr std::size_t kMaxEscape = 6;

// Eight bytes as a number, the first of them lowest; marks have a bit of each byte that they mark.
using Word = std::uint64_t;
constexpr std::size_t kWord = sizeof(Word);
constexpr Word kOnes = 0x0101010101010101;
constexpr Word kTops = 0x80 * kOnes;
static_assert(std::endian::native == std::endian::little);

// Bytes that are looked at together: with AVX2 in one register, else in two.
using Vector = std::uint8_t __attribute__((vector_size(32)));
constexpr std::size_t kVectors = 2;
constexpr std::size_t kBlock = kVectors * sizeof(Vector);

Word load(const char* from) {
  Word word = 0;
  std::memcpy(&word, from, kWord);
  return word;
}

// Marks the bytes of a word that need an escape, and no others: no sum carries into the next byte.
Word marks_of(Word word) {
  constexpr Word kLow = ~kTops;
  auto differs = [](Word bytes) { return ((bytes & kLow) + kLow) | bytes; };
  Word printable = ((word & kLow) + 0x60 * kOnes) | word;
  return ~(printable & differs(word ^ ('"' * kOnes)) & differs(word ^ ('\\' * kOnes))) & kTops;
}

// Writes the `size` bytes of a word, those that are marked as their escapes; returns the end.
char* put_word(char* to, Word word, Word marks, std::size_t size) {
  while (marks != 0) {
    std::memcpy(to, &word, kWord);
    auto plain = static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    to += plain;
    word >>= 8 * plain;
    marks >>= 8 * plain;
    const Escape& escape = kEscapes[word & 0xFF];
    std::memcpy(to, escape.text, kMaxEscape);
    to += escape.length;
    word >>= 8;
    marks >>= 8;
    size -= plain + 1;
  }
  std::memcpy(to, &word, kWord);
  return to + size;
}

// Writes a block; returns the end. Most have nothing to escape.
[[gnu::always_inline]] inline char* put_block(char* to, const char* from) {
  Vector marks[kVectors];
  for (std::size_t i = 0; i < kVectors; ++i) {
    Vector bytes;
    std::memcpy(&bytes, from + i * sizeof(Vector), sizeof(Vector));
    std::memcpy(to + i * sizeof(Vector), &bytes, sizeof(Vector));
    marks[i] = reinterpret_cast<Vector>((bytes < 0x20) | (bytes == '"') | (bytes == '\\'));
  }
  Word words[kBlock / kWord];
  std::memcpy(words, marks, kBlock);
  Word any = 0;
  for (Word word : words) any |= word;
  if (any == 0) return to + kBlock;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    to = put_word(to, load(from + i * kWord), words[i], kWord);
  }
  return to;
}

// Writes UTF-8; returns the end.
[[gnu::always_inline]] inline char* put_text(char* to, std::string_view text) {
  const char* from = text.data();
  std::size_t left = text.size();
  for (; left >= kBlock; from += kBlock, left -= kBlock) to = put_block(to, from);
  for (; left >= kWord; from += kWord, left -= kWord) {
    Word word = load(from);
    to = put_word(to, word, marks_of(word), kWord);
  }
  Word rest = kOnes * ' ';
  std::memcpy(&rest, from, left);
  return put_word(to, rest, marks_of(rest), left);
}

char* put_by_any(char* to, std::string_view text) {
  return put_text(to, text);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] char* put_by_avx2(char* to, std::string_view text) {
  return put_text(to, text);
}
#endif

// The form of put_text() for this processor.
auto choose_put() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return put_by_avx2;
#endif
  return put_by_any;
}

// Escapes text that is known to be UTF-8. A buffer in between holds the longest outcome of each
// piece, so that the inner loop asks for no room.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::size_t kPiece = 2048;
  static const auto put = choose_put();
  std::array<char, kPiece * kMaxEscape + kBlock> buffer;
  while (!text.empty()) {
    std::string_view piece = text.substr(0, kPiece);
    text.remove_prefix(piece.size());
    const char* end = put(buffer.data(), piece);
    out.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
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

// Short text, which is mostly ASCII, is told faster than it is handed to the library.
bool is_short_ascii(std::string_view text) {
  if (text.size() > kBlock) return false;
  Word all = 0;
  for (; text.size() >= kWord; text.remove_prefix(kWord)) all |= load(text.data());
  for (char c : text) all |= static_cast<unsigned char>(c);
  return (all & kTops) == 0;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (is_short_ascii(text) || simdjson::validate_utf8(text.data(), text.size())) {
    append_escaped(out, text);
  } else {
    append_repaired(out, text);
  }
  out += '"';
}

}  // namespace playground

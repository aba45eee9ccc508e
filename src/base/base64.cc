#include "base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace playground {
namespace {

// OpenSSL counts in int.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

constexpr auto kAlphabet = letters_digits_and("+/");

bool is_of_alphabet(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return kAlphabet[static_cast<unsigned char>(c)]; });
}

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
  PLAYGROUND_CHECK(bytes.size() <= kMostBytes);
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(as_bytes(text), as_bytes(bytes), static_cast<int>(bytes.size()));
  return text;
}

// OpenSSL's decoder passes over blanks at both ends, and takes padding for zeros.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.size() > kMostBytes) return std::nullopt;
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (!is_of_alphabet(text.substr(0, text.size() - padding))) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(as_bytes(bytes), as_bytes(text), static_cast<int>(text.size())) < 0) {
    return std::nullopt;
  }
  bytes.resize(bytes.size() - padding);
  std::size_t last = text.size() - std::min<std::size_t>(text.size(), 4);
  std::string_view tail = std::string_view(bytes).substr(last / 4 * 3);
  if (encode_base64(tail) != text.substr(last)) return std::nullopt;
  return bytes;
}

}  // namespace playground

// Base64 (RFC 4648, 4), by OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace playground {

// At most 1 GiB of bytes.
std::string encode_base64(std::string_view bytes);

// Strict: nothing but the alphabet, in whole groups of four with their padding; no line breaks, and
// no set bit in the last group that stands for nothing (RFC 4648, 3.3 and 3.5). nullopt for
// anything else, and above 1 GiB.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace playground

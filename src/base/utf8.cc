#include "base/utf8.h"

#include <algorithm>

namespace playground {

std::size_t utf8_sequence(std::string_view text, std::size_t& broken) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  broken = 1;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range excludes overlong forms, surrogates, and what lies beyond U+10FFFF.
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || byte(i) < low || byte(i) > high) return 0;
    broken = i + 1;
    low = 0x80;
    high = 0xBF;
  }
  return length;
}

// A lead byte always begins a sequence, so that one which runs out of text does so whatever stands
// before it.
std::size_t utf8_unfinished(std::string_view text) {
  for (std::size_t size = 1; size <= std::min<std::size_t>(3, text.size()); ++size) {
    std::string_view tail = text.substr(text.size() - size);
    auto lead = static_cast<unsigned char>(tail.front());
    if (lead < 0x80) return 0;
    if (lead < 0xC0) continue;
    std::size_t broken = 0;
    bool whole = utf8_sequence(tail, broken) > 0;
    return !whole && lead >= 0xC2 && lead <= 0xF4 && broken == size ? size : 0;
  }
  return 0;
}

}  // namespace playground

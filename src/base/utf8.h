// UTF-8: where sequences of bytes end that are characters, or not. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace playground {

// The length of the well-formed sequence at the start of `text`, which is not empty, or 0; then
// `broken` is the length of the maximal ill-formed part (Unicode 15, table 3-7).
std::size_t utf8_sequence(std::string_view text, std::size_t& broken);

// How many bytes at the end of `text` (0 to 3) begin a character of which the rest may still come.
// What stands before them decodes to the same, U+FFFD included, whatever follows.
std::size_t utf8_unfinished(std::string_view text);

}  // namespace playground

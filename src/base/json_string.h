// Text as a JSON string (RFC 8259, 7). A program's output goes through here, up to megabytes of it,
// so that it costs less than an instruction for each byte of plain text.
#pragma once

#include <string>
#include <string_view>

namespace playground {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, one for
// each maximal ill-formed part (Unicode 15, 3.9, "substitution of maximal subparts"), as Python's
// errors="replace" does.
void append_json_string(std::string& out, std::string_view text);

}  // namespace playground

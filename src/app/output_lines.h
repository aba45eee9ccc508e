// OutputLines: what a program prints, as lines of JSON: {"stdout": "…"}, {"stderr": "…"}. Put
// together, their texts are what a reply that comes whole would have. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "exec/program.h"
#include "http/message.h"

namespace playground::app {

inline constexpr std::string_view kLinesType = "application/x-ndjson";

// The head of a reply of lines.
http::Response head_of_lines();

class OutputLines {
 public:
  // So many bytes of output are in one line at most: none that is read gets too long to be held.
  static constexpr std::size_t kMostBytes = 32 * 1024;

  // The lines for these bytes; without the last ones where they begin a character that has not come
  // whole.
  std::string take(exec::StandardStream from, std::string_view bytes);
  // The lines for what was held back.
  std::string take_rest();

 private:
  std::array<std::string, 2> held_;  // by stream, at most 3 bytes
};

}  // namespace playground::app

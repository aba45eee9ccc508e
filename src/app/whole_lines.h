// WholeLines: a stream of lines in pieces that end where a line ends, so that what comes after a
// break begins with a line of its own. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace playground::app {

class WholeLines {
 public:
  // A line that is longer than `max_held` bytes goes on in parts.
  explicit WholeLines(std::size_t max_held) : max_held_(max_held) {}

  // What may go on of these bytes and of those that were held back.
  std::string take(std::string_view bytes);
  // The same at the stream's end: all of it.
  std::string take_last(std::string_view bytes);
  // What ends the part of a line that has gone on: nothing, or a line's end. Drops what is held.
  std::string_view close_line();

 private:
  std::size_t max_held_;
  std::string held_;
  bool in_line_ = false;  // what has gone on does not end with a line's end
};

}  // namespace playground::app

#include "app/output_lines.h"

#include <utility>

#include "base/json_string.h"
#include "base/utf8.h"

namespace playground::app {
namespace {

using exec::StandardStream;

void append_line(std::string& lines, StandardStream from, std::string_view text) {
  lines += from == StandardStream::out ? R"({"stdout":)" : R"({"stderr":)";
  append_json_string(lines, text);
  lines += "}\n";
}

}  // namespace

http::Response head_of_lines() {
  http::Response head;
  head.headers.add("Content-Type", kLinesType);
  return head;
}

std::string OutputLines::take(StandardStream from, std::string_view bytes) {
  std::string& held = held_[static_cast<std::size_t>(from)];
  std::string joined;
  if (!held.empty()) {
    joined = std::exchange(held, {}).append(bytes);
    bytes = joined;
  }
  std::string lines;
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, kMostBytes);
    piece.remove_suffix(utf8_unfinished(piece));
    if (piece.empty()) break;
    append_line(lines, from, piece);
    bytes.remove_prefix(piece.size());
  }
  held = bytes;
  return lines;
}

std::string OutputLines::take_rest() {
  std::string lines;
  for (StandardStream from : {StandardStream::out, StandardStream::err}) {
    std::string& held = held_[static_cast<std::size_t>(from)];
    if (!held.empty()) append_line(lines, from, std::exchange(held, {}));
  }
  return lines;
}

}  // namespace playground::app

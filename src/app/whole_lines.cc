#include "app/whole_lines.h"

#include <utility>

namespace playground::app {

std::string WholeLines::take(std::string_view bytes) {
  std::size_t end = bytes.rfind('\n');
  std::string whole;
  if (end != std::string_view::npos) {
    whole = take_last(bytes.substr(0, end + 1));
    bytes.remove_prefix(end + 1);
  }
  held_ += bytes;
  if (held_.size() <= max_held_) return whole;
  return whole += take_last({});
}

std::string WholeLines::take_last(std::string_view bytes) {
  std::string all = std::exchange(held_, {});
  all += bytes;
  if (!all.empty()) in_line_ = all.back() != '\n';
  return all;
}

std::string_view WholeLines::close_line() {
  held_.clear();
  return std::exchange(in_line_, false) ? "\n" : "";
}

}  // namespace playground::app

#include "input.h"

#include <algorithm>

namespace playground::fuzz {

std::uint8_t Input::byte() {
  if (rest_.empty()) return 0;
  auto first = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return first;
}

std::string_view Input::bytes() {
  std::size_t count = byte();
  std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string_view Input::line() {
  std::string_view taken = rest_.substr(0, rest_.find('\n'));
  rest_.remove_prefix(std::min(taken.size() + 1, rest_.size()));
  return taken;
}

std::vector<Piece> cut(std::string_view text, std::string_view lengths) {
  std::vector<Piece> pieces;
  for (std::size_t turn = 0; !text.empty(); ++turn) {
    std::size_t length = 1;
    if (!lengths.empty()) {
      length += static_cast<unsigned char>(lengths[turn % lengths.size()]);
    }
    std::string_view piece = text.substr(0, length);
    pieces.emplace_back(piece.begin(), piece.end());
    text.remove_prefix(piece.size());
  }
  return pieces;
}

}  // namespace playground::fuzz

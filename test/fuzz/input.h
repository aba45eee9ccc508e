// Input: what a fuzzer was given, taken apart from its front: first the numbers that steer the run,
// then the bytes that are fed to what is tested.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace playground::fuzz {

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  // 0 where there are no more.
  std::uint8_t byte();

  // As many bytes as the first one says, fewer where there are no more.
  std::string_view bytes();

  // Up to the next line feed, which is dropped, or the end.
  std::string_view line();

  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// A copy on the heap, as long as the text: reading outside of it is the sanitizer's to find.
using Piece = std::vector<char>;

// `text` in pieces whose lengths are those of `lengths` plus one, in turn and again from its start;
// byte by byte where there are none.
std::vector<Piece> cut(std::string_view text, std::string_view lengths);

// Never of nothing at all: what is tested is given strings, and those are somewhere.
inline std::string_view view(const Piece& piece) {
  if (piece.empty()) return "";
  return {piece.data(), piece.size()};
}

}  // namespace playground::fuzz

#include "http/body_framer.h"

#include <charconv>

#include "base/check.h"

namespace playground::http {
namespace {

// RFC 9112, 7.1.
std::string chunk(std::string_view bytes) {
  char size[16];
  auto [end, error] = std::to_chars(size, size + sizeof(size), bytes.size(), 16);
  std::string text;
  text.reserve(bytes.size() + sizeof(size) + 4);
  text.append(size, end).append("\r\n").append(bytes).append("\r\n");
  return text;
}

}  // namespace

std::string BodyFramer::frame(std::string bytes) {
  if (!sent_ || bytes.empty()) return {};
  framed_ += bytes.size();
  if (framing_.kind == BodyKind::chunked) return chunk(bytes);
  PLAYGROUND_CHECK(framing_.kind == BodyKind::until_close || framed_ <= framing_.length);
  return bytes;
}

bool BodyFramer::may_end() const {
  return !sent_ || framing_.kind != BodyKind::length || framed_ == framing_.length;
}

std::string_view BodyFramer::end() const {
  return sent_ && framing_.kind == BodyKind::chunked ? "0\r\n\r\n" : "";
}

}  // namespace playground::http

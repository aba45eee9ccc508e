#include "http/head_scanner.h"

#include <algorithm>

namespace playground::http {
namespace {

constexpr std::size_t kCrLf = 2;

bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

}  // namespace

std::size_t HeadScanner::feed(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && status_ == Status::more) {
    if (scanned_ == max_bytes_) {
      status_ = Status::too_large;
    } else if (take(bytes[taken])) {
      ++taken;
      ++scanned_;
    }
  }
  // A head that came in one piece, as nearly all do, is not copied.
  if (collected_.empty() && status_ == Status::complete) {
    text_ = bytes.substr(0, taken);
  } else {
    collected_.append(bytes.substr(0, taken));
    text_ = collected_;
  }
  return taken;
}

bool HeadScanner::take(char c) {
  if (after_cr_) return c == '\n' ? end_line() : refuse("a carriage return without a line feed");
  if (c == '\r') {
    after_cr_ = true;
    return true;
  }
  if (c == '\n') return refuse("a line feed without a carriage return");
  if (is_control(c)) return refuse("a control character in the head");
  if (line_length_ == 0 && (c == ' ' || c == '\t'))
    return refuse("a line that begins with a blank");
  ++line_length_;
  return true;
}

bool HeadScanner::end_line() {
  after_cr_ = false;
  if (line_length_ > 0) {
    if (lines_++ == 0) first_end_ = first_start_ + line_length_;
    line_length_ = 0;
    return true;
  }
  if (lines_ == 0 && kind_ == Kind::head) {
    if (first_start_ > 0) return refuse("empty lines before the start line");
    first_start_ = kCrLf;
    return true;
  }
  status_ = Status::complete;
  return true;
}

bool HeadScanner::refuse(const char* fault) {
  fault_ = fault;
  status_ = Status::malformed;
  return false;
}

std::optional<std::string_view> HeadScanner::first_line() const {
  if (lines_ == 0) return std::nullopt;
  return text_.substr(first_start_, first_end_ - first_start_);
}

std::string_view HeadScanner::fields() const {
  std::size_t begin = kind_ == Kind::head ? first_end_ + kCrLf : 0;
  return text_.substr(begin, text_.size() - kCrLf - begin);
}

void HeadScanner::reset() {
  // Assigning would keep its memory: a connection between requests needs none.
  std::string().swap(collected_);
  *this = HeadScanner(kind_, max_bytes_);
}

}  // namespace playground::http

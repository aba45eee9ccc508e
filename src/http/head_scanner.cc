#include "http/head_scanner.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace playground::http {
namespace {

constexpr std::size_t kCrLf = 2;

bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// The top bit of each of eight bytes that is below 0x20, or 0x7f: the usual tests for a byte that
// is less than n, and for a zero one. They err only above a byte that they are right about, so that
// the lowest one is certain, and so are none.
std::uint64_t controls_among(const char* eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kTops = 0x80 * kOnes;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof(bytes));
  std::uint64_t deleted = bytes ^ (0x7f * kOnes);
  std::uint64_t low = (bytes - 0x20 * kOnes) & ~bytes;
  std::uint64_t zero = (deleted - kOnes) & ~deleted;
  return (low | zero) & kTops;
}

// How many bytes at its beginning may stand in a line.
std::size_t run_of_text(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little);
  std::size_t length = 0;
  while (bytes.size() - length >= 8) {
    std::uint64_t controls = controls_among(bytes.data() + length);
    if (controls == 0) {
      length += 8;
      continue;
    }
    length += static_cast<std::size_t>(std::countr_zero(controls)) / 8;
    if (is_control(bytes[length])) return length;
    ++length;  // a tab
  }
  while (length < bytes.size() && !is_control(bytes[length])) ++length;
  return length;
}

}  // namespace

std::size_t HeadScanner::feed(std::string_view bytes) {
  std::string_view room = bytes.substr(0, max_bytes_ - scanned_);
  std::size_t taken = 0;
  while (taken < room.size() && status_ == Status::more) taken += take(room.substr(taken));
  if (taken < bytes.size() && status_ == Status::more) status_ = Status::too_large;
  scanned_ += taken;
  // A head that came in one piece, as nearly all do, is not copied.
  if (collected_.empty() && status_ == Status::complete) {
    text_ = bytes.substr(0, taken);
  } else {
    collected_.append(bytes.substr(0, taken));
    text_ = collected_;
  }
  return taken;
}

// Takes as much of a line as there is, or one byte of its end; returns how many bytes, none where
// it refuses.
std::size_t HeadScanner::take(std::string_view bytes) {
  char first = bytes.front();
  if (after_cr_) {
    return first == '\n' ? end_line() : refuse("a carriage return without a line feed");
  }
  if (first == '\r') {
    after_cr_ = true;
    return 1;
  }
  if (first == '\n') return refuse("a line feed without a carriage return");
  if (is_control(first)) return refuse("a control character in the head");
  if (line_length_ == 0 && is_blank(first)) return refuse("a line that begins with a blank");
  std::size_t length = run_of_text(bytes);
  line_length_ += length;
  return length;
}

std::size_t HeadScanner::end_line() {
  after_cr_ = false;
  if (line_length_ > 0) {
    if (lines_++ == 0) first_end_ = first_start_ + line_length_;
    line_length_ = 0;
    return 1;
  }
  if (lines_ == 0 && kind_ == Kind::head) {
    if (first_start_ > 0) return refuse("empty lines before the start line");
    first_start_ = kCrLf;
    return 1;
  }
  status_ = Status::complete;
  return 1;
}

std::size_t HeadScanner::refuse(const char* fault) {
  fault_ = fault;
  status_ = Status::malformed;
  return 0;
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

// HeadScanner: finds where a message's head ends, and refuses bytes that have no place in one
// before any parser sees them: bare CR or LF, NUL and other controls, obsolete folding. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace playground::http {

class HeadScanner {
 public:
  // A trailer section has no start line: its first line may be the empty one that ends it.
  enum class Kind { head, trailer };
  enum class Status { more, complete, malformed, too_large };

  HeadScanner(Kind kind, std::size_t max_bytes) : kind_(kind), max_bytes_(max_bytes) {}

  // Takes bytes up to the end of the head; returns how many. The verdict does not depend on how the
  // bytes were cut into pieces.
  std::size_t feed(std::string_view bytes);

  Status status() const { return status_; }
  // What was malformed, for a person.
  const char* fault() const { return fault_; }
  // Something other than one empty line, which may precede a request (RFC 9112, 2.2), has come.
  bool started() const { return lines_ > 0 || line_length_ > 0; }

  // The start line without its CRLF, once that has come. These two are views of what was fed or
  // collected: good until the fed bytes go or the next call.
  std::optional<std::string_view> first_line() const;
  // What is between the start line and the empty line, each line with its CRLF; once complete.
  std::string_view fields() const;
  // Everything, once complete.
  std::string_view text() const { return text_; }

  void reset();

 private:
  std::size_t take(std::string_view bytes);
  std::size_t end_line();
  std::size_t refuse(const char* fault);

  Kind kind_;
  std::size_t max_bytes_;
  Status status_ = Status::more;
  const char* fault_ = "";

  std::string collected_;
  std::string_view text_;
  std::size_t scanned_ = 0;
  std::size_t lines_ = 0;
  std::size_t line_length_ = 0;
  std::size_t first_start_ = 0;
  std::size_t first_end_ = 0;
  bool after_cr_ = false;
};

}  // namespace playground::http

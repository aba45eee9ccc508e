// Capture: what a program prints on one stream, up to a limit. It reads from a non-blocking pipe.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "base/unique_fd.h"

namespace playground::exec {

class Capture {
 public:
  enum class Read {
    again,     // nothing more for now
    ended,     // every writer has closed
    overflow,  // more came than the limit allows; the surplus was dropped
  };

  Capture(UniqueFd pipe, std::size_t limit) : pipe_(std::move(pipe)), limit_(limit) {}

  // Of all that is read from now on and was before.
  void set_limit(std::size_t limit) { limit_ = limit; }

  // Reads what is there, but not more than `budget` bytes at a time: others have to get their turn.
  Read drain(std::size_t budget);

  // Reads exactly `size` bytes that precede the captured ones: `complete` once they are in
  // `target`, `pending` while fewer have come, `ended` when no more will.
  enum class Preface { complete, pending, ended };
  Preface read_preface(void* target, std::size_t size);

  bool truncated() const { return truncated_; }
  // What was read since it was last asked.
  std::string take() { return std::exchange(bytes_, {}); }
  int fd() const { return pipe_.get(); }

 private:
  UniqueFd pipe_;
  std::size_t limit_;
  std::size_t read_ = 0;  // of the limit
  std::string bytes_;
  std::string preface_;
  bool truncated_ = false;
};

}  // namespace playground::exec

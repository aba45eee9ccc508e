// Capture: what a program prints on one stream, up to a limit. It reads from a non-blocking pipe.
#pragma once

#include <array>
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

  // Reads `size` bytes, at most 64, that precede the captured ones, and of those what is there,
  // too: `complete` once the first are in `target`, `pending` while fewer have come, `ended` when
  // no more will.
  enum class Preface { complete, pending, ended };
  Preface read_preface(void* target, std::size_t size);

  // What read_preface() read last was all that there was.
  bool emptied() const { return emptied_; }

  bool truncated() const { return truncated_; }
  // What was read since it was last asked.
  std::string take() { return std::exchange(bytes_, {}); }
  int fd() const { return pipe_.get(); }
  // Nothing is read any more.
  void close() { pipe_.reset(); }

 private:
  bool keep(const char* bytes, std::size_t size);

  UniqueFd pipe_;
  std::size_t limit_;
  std::size_t read_ = 0;  // of the limit
  std::string bytes_;
  std::array<char, 64> preface_{};
  std::size_t preface_size_ = 0;
  bool truncated_ = false;
  bool emptied_ = false;
};

}  // namespace playground::exec

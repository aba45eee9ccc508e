// Descriptors and whole reads and writes, for the zygote and its workers.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <utility>

namespace playground::pool {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(std::exchange(other.fd_, -1));
    return *this;
  }
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// Reads `size` bytes and never one more. Returns the bytes read, fewer only at the end of file; -1
// with errno on failure.
ssize_t read_fully(int fd, void* data, std::size_t size);

// Writes all of it; false with errno on failure.
bool write_fully(int fd, const void* data, std::size_t size);

// Closes every descriptor from `first` on but `kept`, which is none of them if negative; false with
// errno on failure.
bool close_from(int first, int kept = -1);

// A new file for writing, through no link; empty with errno on failure.
UniqueFd create_file(const char* path);

// Waits for the end of a child; nothing for what fork() returns when it fails.
void wait_for_end(pid_t child);

// One line, "WHO: WHAT[: strerror(error)]", in a single write, so that lines of processes that
// share the descriptor don't mix.
void write_line(int fd, const char* who, const char* what, int error);

}  // namespace playground::pool

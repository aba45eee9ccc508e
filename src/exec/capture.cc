#include "exec/capture.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace playground::exec {
namespace {

// As much as a pipe holds by default: one read empties it.
constexpr std::size_t kChunk = 64 * 1024;

ssize_t read_some(int fd, char* target, std::size_t size) {
  ssize_t count;
  do {
    count = ::read(fd, target, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

}  // namespace

Capture::Read Capture::drain(std::size_t budget) {
  if (truncated_) return Read::overflow;
  char chunk[kChunk];
  while (budget > 0) {
    std::size_t wanted = std::min(budget, sizeof(chunk));
    ssize_t count = read_some(pipe_.get(), chunk, wanted);
    if (count < 0) return errno == EAGAIN ? Read::again : Read::ended;
    if (count == 0) return Read::ended;
    auto size = static_cast<std::size_t>(count);
    budget -= size;
    if (!keep(chunk, size)) return Read::overflow;
    // A short read has emptied the pipe: asking again would only be told EAGAIN.
    if (size < wanted) return Read::again;
  }
  return Read::again;
}

// False where it is more than the limit.
bool Capture::keep(const char* bytes, std::size_t size) {
  std::size_t kept = std::min(size, limit_ - read_);
  bytes_.append(bytes, kept);
  read_ += kept;
  if (kept < size) truncated_ = true;
  return !truncated_;
}

Capture::Preface Capture::read_preface(void* target, std::size_t size) {
  char chunk[kChunk];
  PLAYGROUND_CHECK(size <= preface_.size());
  while (preface_size_ < size) {
    ssize_t count = read_some(pipe_.get(), chunk, sizeof(chunk));
    if (count < 0 && errno == EAGAIN) return Preface::pending;
    if (count <= 0) return Preface::ended;
    auto came = static_cast<std::size_t>(count);
    std::size_t missing = std::min(came, size - preface_size_);
    std::memcpy(preface_.data() + preface_size_, chunk, missing);
    preface_size_ += missing;
    keep(chunk + missing, came - missing);
    emptied_ = came < sizeof(chunk);
  }
  std::memcpy(target, preface_.data(), size);
  preface_size_ = 0;
  return Preface::complete;
}

}  // namespace playground::exec

#include "exec/capture.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

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
  char chunk[kChunk];
  while (budget > 0) {
    std::size_t wanted = std::min(budget, sizeof(chunk));
    ssize_t count = read_some(pipe_.get(), chunk, wanted);
    if (count < 0) return errno == EAGAIN ? Read::again : Read::ended;
    if (count == 0) return Read::ended;
    auto size = static_cast<std::size_t>(count);
    budget -= size;
    std::size_t room = limit_ - read_;
    bytes_.append(chunk, std::min(size, room));
    read_ += std::min(size, room);
    if (size > room) {
      truncated_ = true;
      return Read::overflow;
    }
    // A short read has emptied the pipe: asking again would only be told EAGAIN.
    if (size < wanted) return Read::again;
  }
  return Read::again;
}

Capture::Preface Capture::read_preface(void* target, std::size_t size) {
  char chunk[64];
  while (preface_.size() < size) {
    ssize_t count = read_some(pipe_.get(), chunk, std::min(sizeof(chunk), size - preface_.size()));
    if (count < 0 && errno == EAGAIN) return Preface::pending;
    if (count <= 0) return Preface::ended;
    preface_.append(chunk, static_cast<std::size_t>(count));
  }
  std::memcpy(target, preface_.data(), size);
  preface_.clear();
  return Preface::complete;
}

}  // namespace playground::exec

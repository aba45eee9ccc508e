#include "pool/io.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace playground::pool {

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

ssize_t read_fully(int fd, void* data, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(fd, static_cast<char*>(data) + done, size - done);
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return static_cast<ssize_t>(done);
}

bool write_fully(int fd, const void* data, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t put = ::write(fd, static_cast<const char*>(data) + done, size - done);
    if (put >= 0) {
      done += static_cast<std::size_t>(put);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

// Before Linux 5.9 there is no close_range; then the open descriptors are listed.
bool close_from(int first, int kept) {
#ifdef SYS_close_range
  const bool below = kept <= first || ::syscall(SYS_close_range, first, kept - 1, 0) == 0;
  if (below && ::syscall(SYS_close_range, std::max(first, kept + 1), ~0U, 0) == 0) return true;
#endif
  DIR* const folder = ::opendir("/proc/self/fd");
  if (folder == nullptr) return false;
  while (const dirent* entry = ::readdir(folder)) {
    const int fd = std::atoi(entry->d_name);
    if (fd >= first && fd != kept && fd != ::dirfd(folder)) ::close(fd);
  }
  return ::closedir(folder) == 0;
}

UniqueFd create_file(const char* path) {
  return UniqueFd(::open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
}

void wait_for_end(pid_t child) {
  while (child > 0 && ::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void write_line(int fd, const char* who, const char* what, int error) {
  char line[512];
  int length =
      error != 0 ? std::snprintf(line, sizeof line, "%s: %s: %s\n", who, what, std::strerror(error))
                 : std::snprintf(line, sizeof line, "%s: %s\n", who, what);
  length = std::min(length, static_cast<int>(sizeof line) - 1);
  if (length > 0) write_fully(fd, line, static_cast<std::size_t>(length));
}

}  // namespace playground::pool

#include "pool/sandbox_rlimits.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "pool/io.h"

namespace playground::pool {
namespace {

std::uint64_t g_data_bytes = 0;

// Where the server itself is limited more tightly, its limit stays.
bool limit(__rlimit_resource resource, std::uint64_t value) {
  rlimit both{};
  if (::getrlimit(resource, &both) != 0) return false;
  both.rlim_cur = both.rlim_max = std::min<rlim_t>(value, both.rlim_max);
  return ::setrlimit(resource, &both) == 0;
}

}  // namespace

bool limit_files(std::uint64_t open_files, std::uint64_t file_bytes) {
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, open_files) &&
         limit(RLIMIT_FSIZE, file_bytes);
}

// The sixth number of statm is data and stack in pages; the stack's hundred kilobytes do not
// matter.
std::uint64_t data_size() {
  const UniqueFd file(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  char text[128] = {};
  if (file.get() < 0 || ::read(file.get(), text, sizeof text - 1) <= 0) return 0;
  unsigned long pages = 0;
  if (std::sscanf(text, "%*u %*u %*u %*u %*u %lu", &pages) != 1) {
    errno = EPROTO;
    return 0;
  }
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void note_data_size(std::uint64_t bytes) {
  g_data_bytes = bytes;
}

bool limit_memory(std::uint64_t bytes) {
  return limit(RLIMIT_DATA, g_data_bytes + bytes + kThreadRoom);
}

}  // namespace playground::pool

#include "pool/request.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "pool/io.h"
#include "pool/protocol.h"

namespace playground::pool {
namespace {

// The server's own limits are far below; this only keeps the sum from overflowing.
constexpr std::uint64_t kMostBytes = 1ULL << 30;

// `args` must be exactly `count` strings with a NUL each.
bool args_are_sound(const char* args, std::size_t bytes, std::size_t count) {
  if (bytes == 0) return count == 0;
  if (args[bytes - 1] != '\0') return false;
  std::size_t found = 0;
  for (const char *p = args, *end = args + bytes; p != end; ++found) p += std::strlen(p) + 1;
  return found == count;
}

bool read_part(char* data, std::size_t size) {
  errno = EPROTO;
  return size == 0 || read_fully(STDIN_FILENO, data, size) == static_cast<ssize_t>(size);
}

RequestState broken(int error) {
  errno = error;
  return RequestState::broken;
}

}  // namespace

RequestState read_request(Request& request) {
  protocol::Request head;
  const ssize_t got = read_fully(STDIN_FILENO, &head, sizeof head);
  if (got < 0) return RequestState::broken;
  if (got == 0) return RequestState::none;
  if (got != sizeof head || head.magic != protocol::Request::kMagic ||
      head.code_bytes > kMostBytes || head.args_bytes > kMostBytes || head.plots > 1 ||
      head.line_buffered > 1 || head.tells_end > 1) {
    return broken(EPROTO);
  }
  char* const storage = static_cast<char*>(std::malloc(head.code_bytes + 1 + head.args_bytes));
  if (storage == nullptr) return broken(ENOMEM);
  char* const args = storage + head.code_bytes + 1;
  const bool whole = read_part(storage, head.code_bytes) && read_part(args, head.args_bytes);
  if (!whole || !args_are_sound(args, head.args_bytes, head.args_count)) {
    const int error = whole ? EPROTO : errno;
    std::free(storage);
    return broken(error);
  }
  storage[head.code_bytes] = '\0';
  request = {storage,         head.code_bytes,         args,
             head.args_count, head.memory_bytes,       head.files_count,
             head.plots != 0, head.line_buffered != 0, head.tells_end != 0};
  return RequestState::complete;
}

}  // namespace playground::pool

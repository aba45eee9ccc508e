// Piece by piece through one buffer: held in memory, the files would count as the program's.
#include "pool/unpack.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "pool/fail.h"
#include "pool/io.h"
#include "pool/protocol.h"

namespace playground::pool {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

void read_part(void* data, std::size_t size) {
  if (read_fully(STDIN_FILENO, data, size) != static_cast<ssize_t>(size)) {
    fail("read the request's files", EPROTO);
  }
}

bool is_want_of_room(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

// False with errno for want of room.
bool check(bool done) {
  if (!done && !is_want_of_room(errno)) fail("write the request's files", errno);
  return done;
}

// Those on the way to `path`, which is as it was afterwards.
bool make_folders(char* path) {
  for (char* slash = std::strchr(path, '/'); slash != nullptr;
       slash = std::strchr(slash + 1, '/')) {
    *slash = '\0';
    const bool made = ::mkdir(path, 0755) == 0 || errno == EEXIST;
    *slash = '/';
    if (!made) return false;
  }
  return true;
}

bool copy_content(const UniqueFd& file, std::uint64_t bytes) {
  char piece[kPiece];
  while (bytes > 0) {
    const std::size_t size = std::min<std::uint64_t>(bytes, sizeof piece);
    read_part(piece, size);
    if (!write_fully(file.get(), piece, size)) return false;
    bytes -= size;
  }
  return true;
}

bool unpack_file() {
  protocol::FileHead head;
  read_part(&head, sizeof head);
  char path[protocol::kMostPathBytes];
  if (head.path_bytes == 0 || head.path_bytes > sizeof path) fail("read a file's path", EPROTO);
  read_part(path, head.path_bytes);
  path[head.path_bytes - 1] = '\0';
  UniqueFd file = create_file(path);
  if (file.get() < 0 && errno == ENOENT) {
    if (!check(make_folders(path))) return false;
    file = create_file(path);
  }
  return check(file.get() >= 0) && check(copy_content(file, head.content_bytes));
}

}  // namespace

bool unpack_files(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!unpack_file()) return false;
  }
  return true;
}

}  // namespace playground::pool

#include "exec/folder_size.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace playground::exec {
namespace {

// One descriptor each.
constexpr std::size_t kMaxDepth = 200;

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};
using Dir = std::unique_ptr<DIR, CloseDir>;

Dir open_dir(int at, const char* name) {
  int fd = ::openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return nullptr;
  Dir dir(::fdopendir(fd));
  if (dir == nullptr) ::close(fd);
  return dir;
}

}  // namespace

FolderSize measure_folder(int folder, std::size_t max_entries) {
  FolderSize size;
  std::vector<Dir> open;
  open.push_back(open_dir(folder, "."));
  if (open.back() == nullptr) return size;
  while (!open.empty() && size.entries <= max_entries) {
    int fd = ::dirfd(open.back().get());
    dirent* entry = ::readdir(open.back().get());
    if (entry == nullptr) {
      open.pop_back();
      continue;
    }
    if (std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0) continue;
    struct stat info {};
    if (::fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    ++size.entries;
    size.bytes += static_cast<std::size_t>(info.st_blocks) * 512;
    if (!S_ISDIR(info.st_mode)) continue;
    if (open.size() == kMaxDepth) return {size.bytes, max_entries + 1};
    if (Dir below = open_dir(fd, entry->d_name)) open.push_back(std::move(below));
  }
  return size;
}

// The root is an entry, too.
FolderSize measure_volume(int folder) {
  struct statvfs info {};
  if (::fstatvfs(folder, &info) != 0) return {};
  std::size_t files = info.f_files - info.f_ffree;
  return {(info.f_blocks - info.f_bfree) * info.f_frsize, files - std::min<std::size_t>(files, 1)};
}

}  // namespace playground::exec

#include "exec/sweeper.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"

namespace playground::exec {
namespace {

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

// The program may have taken away its own permissions, or put a link in the folder's place, which
// is left alone. Whether it worked shows when the folder is opened.
void allow_access(int at, const char* name) {
  [[maybe_unused]] int ignored = ::fchmodat(at, name, 0700, AT_SYMLINK_NOFOLLOW);
}

// Empties one folder: files are unlinked, folders moved to `root` under fresh names, which are
// returned.
std::vector<std::string> empty_folder(int root, const std::string& name) {
  std::vector<std::string> moved;
  allow_access(root, name.c_str());
  int fd = ::openat(root, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return moved;
  std::unique_ptr<DIR, CloseDir> dir(::fdopendir(fd));
  if (dir == nullptr) {
    ::close(fd);
    return moved;
  }
  while (dirent* entry = ::readdir(dir.get())) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (::unlinkat(fd, entry->d_name, 0) == 0) continue;
    if (::unlinkat(fd, entry->d_name, AT_REMOVEDIR) == 0) continue;
    // Moving a folder changes its "..", which needs permission to write in it.
    allow_access(fd, entry->d_name);
    std::string fresh = "swept-" + random_hex(8);
    if (::renameat(fd, entry->d_name, root, fresh.c_str()) == 0) moved.push_back(std::move(fresh));
  }
  return moved;
}

}  // namespace

void remove_tree(int root, const std::string& name) {
  std::vector<std::string> folders{name};
  while (!folders.empty()) {
    std::string folder = std::move(folders.back());
    folders.pop_back();
    for (std::string& nested : empty_folder(root, folder)) folders.push_back(std::move(nested));
    if (::unlinkat(root, folder.c_str(), AT_REMOVEDIR) != 0) ::unlinkat(root, folder.c_str(), 0);
  }
}

Sweeper::Sweeper(UniqueFd root) : root_(std::move(root)), thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Sweeper::remove(std::string name) {
  {
    std::lock_guard lock(mutex_);
    names_.push_back(std::move(name));
  }
  changed_.notify_one();
}

void Sweeper::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !names_.empty(); });
    if (names_.empty()) return;
    auto names = std::exchange(names_, {});
    lock.unlock();
    for (const std::string& name : names) remove_tree(root_.get(), name);
    lock.lock();
  }
}

}  // namespace playground::exec

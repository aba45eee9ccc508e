#include "exec/sweeper.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"

namespace playground::exec {
namespace {

// What the kernel still has of a program that has ended is freed a moment later.
constexpr std::chrono::milliseconds kLookAgain{50};

// Folders that nobody waits for gather so long, or until there are so many.
constexpr std::chrono::milliseconds kGather{10};
constexpr std::size_t kMostGathered = 16;

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

// The program may have taken away its own permissions, or put a link in the folder's place, which
// is left alone. Whether it worked shows when the folder is opened.
void allow_access(int at, const char* name) {
  [[maybe_unused]] int ignored = ::fchmodat(at, name, 0700, AT_SYMLINK_NOFOLLOW);
}

using Dir = std::unique_ptr<DIR, CloseDir>;

Dir open_dir(int at, const char* name) {
  int fd = ::openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return nullptr;
  Dir dir(::fdopendir(fd));
  if (dir == nullptr) ::close(fd);
  return dir;
}

// Deletes files and empty folders; the names of the others are returned.
std::vector<std::string> delete_plain(DIR* dir) {
  std::vector<std::string> left;
  int fd = ::dirfd(dir);
  while (dirent* entry = ::readdir(dir)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (::unlinkat(fd, entry->d_name, 0) == 0) continue;
    if (::unlinkat(fd, entry->d_name, AT_REMOVEDIR) == 0) continue;
    left.emplace_back(entry->d_name);
  }
  return left;
}

// Empties one folder: files are unlinked, folders moved to `root` under fresh names, which are
// returned.
std::vector<std::string> empty_folder(int root, const std::string& name) {
  std::vector<std::string> moved;
  allow_access(root, name.c_str());
  Dir dir = open_dir(root, name.c_str());
  if (dir == nullptr) return moved;
  int fd = ::dirfd(dir.get());
  for (const std::string& nested : delete_plain(dir.get())) {
    // Moving a folder changes its "..", which needs permission to write in it.
    allow_access(fd, nested.c_str());
    std::string fresh = "swept-" + random_hex(8);
    if (::renameat(fd, nested.c_str(), root, fresh.c_str()) == 0) moved.push_back(std::move(fresh));
  }
  return moved;
}

// This thread accesses files as another user, for a while: in a file system of a user namespace
// that root is not in, root can delete but not move.
class AccessAs {
 public:
  explicit AccessAs(uid_t user) : user_(user) {
    if (user_ == 0) return;
    ::setfsgid(user_);
    ::setfsuid(user_);
  }
  ~AccessAs() {
    if (user_ == 0) return;
    ::setfsuid(::geteuid());
    ::setfsgid(::getegid());
  }
  AccessAs(const AccessAs&) = delete;
  AccessAs& operator=(const AccessAs&) = delete;

 private:
  uid_t user_;
};

// Files in messages of sockets that are themselves in such messages, in a circle, are freed by a
// search of the kernel's that begins when some unix socket is closed.
void free_circles() {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return;
  for (int end : pair) ::close(end);
}

// The next program shall find none of this one's doing.
bool reset_root(int volume) {
  const timespec now[] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  return ::fchmod(volume, 0700) == 0 && ::futimens(volume, now) == 0;
}

bool is_empty(int volume) {
  struct statvfs info {};
  return ::fstatvfs(volume, &info) == 0 && info.f_bfree == info.f_blocks &&
         info.f_files - info.f_ffree == 1;
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

bool empty_volume(int volume, uid_t owner) {
  AccessAs as(owner);
  if (::fchmod(volume, 0700) != 0) return false;
  Dir dir = open_dir(volume, ".");
  if (dir == nullptr) return false;
  for (const std::string& name : delete_plain(dir.get())) remove_tree(volume, name);
  return reset_root(volume) && is_empty(volume);
}

Sweeper::Sweeper(UniqueFd root, uid_t owner)
    : root_(std::move(root)), owner_(owner), thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Sweeper::remove(std::string name) {
  std::lock_guard lock(mutex_);
  names_.push_back(std::move(name));
  wake_up();
}

void Sweeper::empty(UniqueFd volume, std::uint64_t ticket) {
  std::lock_guard lock(mutex_);
  used_.push_back({std::move(volume), ticket});
  wake_up();
}

std::vector<std::uint64_t> Sweeper::take_emptied(std::function<void()> notify) {
  std::lock_guard lock(mutex_);
  notify_ = emptied_.empty() ? std::move(notify) : nullptr;
  if (notify_ != nullptr) changed_.notify_one();
  return std::exchange(emptied_, {});
}

// The first, because then it is asleep for good, and the one that makes them enough.
void Sweeper::wake_up() {
  if (waiting() == 1 || waiting() == kMostGathered) changed_.notify_one();
}

bool Sweeper::urgent() const {
  return stopping_ || notify_ != nullptr || waiting() >= kMostGathered;
}

// Volumes first, for someone may wait for one. Nobody needs them any more when stopping.
void Sweeper::run() {
  std::vector<Volume> unclean;
  std::vector<std::string> names;
  std::unique_lock lock(mutex_);
  while (true) {
    auto due = [this] { return stopping_ || waiting() > 0; };
    if (unclean.empty()) {
      changed_.wait(lock, due);
    } else {
      changed_.wait_for(lock, kLookAgain, due);
    }
    if (waiting() > 0) changed_.wait_for(lock, kGather, [this] { return urgent(); });
    if (stopping_ && names_.empty()) return;
    names.swap(names_);
    for (Volume& volume : used_) unclean.push_back(std::move(volume));
    used_.clear();  // but for its memory
    lock.unlock();
    sweep(unclean);
    for (const std::string& name : names) remove_tree(root_.get(), name);
    names.clear();
    lock.lock();
  }
}

// Leaves those that are not empty yet.
void Sweeper::sweep(std::vector<Volume>& volumes) {
  std::vector<Volume> unclean;
  for (Volume& volume : volumes) {
    if (!empty_volume(volume.root.get(), owner_)) {
      unclean.push_back(std::move(volume));
      free_circles();
      continue;
    }
    std::lock_guard lock(mutex_);
    emptied_.push_back(volume.ticket);
    if (auto notify = std::exchange(notify_, nullptr)) notify();
  }
  volumes = std::move(unclean);
}

}  // namespace playground::exec

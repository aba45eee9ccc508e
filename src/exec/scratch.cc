#include "exec/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "base/text.h"

namespace playground::exec {
namespace {

constexpr char kPrefix[] = "playground-";
constexpr char kLockSuffix[] = ".lock";

UniqueFd open_folder(int at, const std::string& path) {
  return UniqueFd(::openat(at, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// Opens and locks a lock file of ours; nothing when its server lives or it isn't this user's.
UniqueFd take_lock(int directory, const std::string& file, int create_flags) {
  UniqueFd fd(
      ::openat(directory, file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | create_flags, 0600));
  struct stat opened {};
  struct stat named {};
  if (!fd || ::fstat(fd.get(), &opened) != 0 || opened.st_uid != ::geteuid()) return {};
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return {};
  // Between open and flock another server may have taken it for a dead one's and deleted it.
  if (::fstatat(directory, file.c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0) return {};
  if (named.st_ino != opened.st_ino) return {};
  return fd;
}

void remove_leftovers(const std::string& directory, int fd) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    std::string file = entry.path().filename();
    if (file.rfind(kPrefix, 0) != 0 || !file.ends_with(kLockSuffix)) continue;
    UniqueFd lock = take_lock(fd, file, 0);
    if (!lock) continue;
    remove_tree(fd, file.substr(0, file.size() - std::string_view(kLockSuffix).size()));
    ::unlinkat(fd, file.c_str(), 0);
  }
}

}  // namespace

Result<std::unique_ptr<Scratch>> Scratch::open(const std::string& directory, uid_t owner) {
  auto failure = [&](const char* what) {
    int error = errno;
    return unexpected(std::string(what) + " in " + directory + ": " + errno_text(error), error);
  };
  UniqueFd parent(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent) return failure("can't keep scratch folders");
  remove_leftovers(directory, parent.get());

  // Short, because programs see it in their tracebacks.
  std::string name = kPrefix + random_hex(4);
  UniqueFd lock = take_lock(parent.get(), name + kLockSuffix, O_CREAT | O_EXCL);
  if (!lock) return failure("can't make a lock file");
  if (::mkdirat(parent.get(), name.c_str(), 0700) != 0)
    return failure("can't make a scratch folder");
  UniqueFd root = open_folder(parent.get(), name);
  if (!root) return failure("can't open the scratch folder");
  // Workers pass through it to their own folder, whose name they can't guess and can't list.
  ::fchmod(root.get(), 0311);
  return std::unique_ptr<Scratch>(
      new Scratch(directory, std::move(name), owner, std::move(lock), std::move(root)));
}

Scratch::Scratch(std::string directory, std::string name, uid_t owner, UniqueFd lock, UniqueFd root)
    : directory_(std::move(directory)),
      name_(std::move(name)),
      owner_(owner),
      lock_(std::move(lock)),
      root_(std::move(root)),
      sweeper_(std::make_unique<Sweeper>(UniqueFd(::dup(root_.get())), owner_)) {}

Scratch::~Scratch() {
  sweeper_.reset();
  UniqueFd parent(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent) return;
  remove_tree(parent.get(), name_);
  ::unlinkat(parent.get(), (name_ + kLockSuffix).c_str(), 0);
}

Result<std::string> Scratch::create() {
  std::string folder = random_name(16);
  // Nobody else can have put anything in its place: the name is fresh, and the parent this server's
  // alone.
  bool made = ::mkdirat(root_.get(), folder.c_str(), 0700) == 0;
  if (!made || (owner_ != 0 && ::fchownat(root_.get(), folder.c_str(), owner_, owner_,
                                          AT_SYMLINK_NOFOLLOW) != 0)) {
    int error = errno;
    if (made) ::unlinkat(root_.get(), folder.c_str(), AT_REMOVEDIR);
    return unexpected("can't make a scratch folder: " + errno_text(error), error);
  }
  return path() + "/" + folder;
}

void Scratch::discard(const std::string& path) {
  sweeper_->remove(path.substr(path.rfind('/') + 1));
}

void Scratch::empty(UniqueFd volume, std::uint64_t ticket) {
  sweeper_->empty(std::move(volume), ticket);
}

std::vector<std::uint64_t> Scratch::take_emptied(std::function<void()> notify) {
  return sweeper_->take_emptied(std::move(notify));
}

}  // namespace playground::exec

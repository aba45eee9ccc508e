#include "exec/folder_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "exec/files.h"

namespace playground::exec {
namespace {

// Of all paths together; each may be long.
constexpr std::size_t kMostPathsBytes = 4 << 20;

// A FIFO must not make us wait, nor a terminal become ours.
constexpr int kSafe = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};
using Dir = std::unique_ptr<DIR, CloseDir>;

Dir open_dir(int folder, const std::string& path) {
  UniqueFd fd = path.empty() ? UniqueFd(::openat(folder, ".", kSafe | O_DIRECTORY))
                             : open_beneath(folder, path, O_DIRECTORY);
  Dir dir(fd ? ::fdopendir(fd.get()) : nullptr);
  if (dir != nullptr) fd.release();  // the stream's now
  return dir;
}

std::optional<uid_t> owner_of(int folder) {
  struct stat info {};
  if (::fstat(folder, &info) != 0) return std::nullopt;
  return info.st_uid;
}

// One walk. Folders that are to be looked into wait as paths, so that their depth costs no
// descriptors.
class Walk {
 public:
  Walk(int folder, std::size_t max_entries) : folder_(folder), entries_left_(max_entries) {}

  FoundFiles run() {
    owner_ = owner_of(folder_);
    folders_.emplace_back();
    while (!folders_.empty() && !full_) {
      std::string path = std::move(folders_.back());
      folders_.pop_back();
      look_into(path);
    }
    found_.complete = found_.complete && !full_;
    return std::move(found_);
  }

 private:
  void look_into(const std::string& path) {
    Dir dir = open_dir(folder_, path);
    if (dir == nullptr) {
      found_.complete = false;
      return;
    }
    while (const dirent* entry = ::readdir(dir.get())) {
      std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      full_ = entries_left_-- == 0;
      if (full_) return;
      struct stat info {};
      if (::fstatat(::dirfd(dir.get()), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
      bool is_folder = S_ISDIR(info.st_mode);
      if (is_folder || (S_ISREG(info.st_mode) && info.st_uid == owner_)) {
        keep(path, name, is_folder ? folders_ : found_.paths);
      }
    }
  }

  void keep(const std::string& folder, std::string_view name, std::vector<std::string>& list) {
    std::string path = folder.empty() ? std::string(name) : folder + "/" + std::string(name);
    if (!simdjson::validate_utf8(name.data(), name.size())) {
      found_.unnamed = true;
    } else if (path.size() > kMostPathBytes) {
      found_.complete = false;
    } else if (path.size() > bytes_left_) {
      full_ = true;
    } else {
      bytes_left_ -= path.size();
      list.push_back(std::move(path));
    }
  }

  int folder_;
  std::optional<uid_t> owner_;
  std::size_t entries_left_;
  std::size_t bytes_left_ = kMostPathsBytes;
  bool full_ = false;
  std::vector<std::string> folders_;
  FoundFiles found_;
};

std::string read_up_to(int fd, std::size_t size) {
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    ssize_t count = ::read(fd, content.data() + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  content.resize(done);
  return content;
}

}  // namespace

FoundFiles find_files(int folder, std::size_t max_entries) {
  return Walk(folder, max_entries).run();
}

std::optional<std::string> read_file(int folder, const std::string& path, std::size_t most) {
  UniqueFd file = open_beneath(folder, path, 0);
  struct stat info {};
  if (!file || ::fstat(file.get(), &info) != 0) return std::nullopt;
  if (!S_ISREG(info.st_mode) || owner_of(folder) != info.st_uid) return std::nullopt;
  if (static_cast<std::size_t>(info.st_size) > most) return std::nullopt;
  return read_up_to(file.get(), static_cast<std::size_t>(info.st_size));
}

UniqueFd open_beneath(int folder, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(kSafe | flags);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
  UniqueFd fd(static_cast<int>(::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how)));
  if (!fd && (errno == ENOSYS || errno == EPERM)) return open_by_steps(folder, path, flags);
  return fd;
}

UniqueFd open_by_steps(int folder, std::string_view path, int flags) {
  UniqueFd parent;
  while (true) {
    std::size_t slash = path.find('/');
    std::string name(path.substr(0, slash));
    bool last = slash == path.npos;
    if (name.empty() || name == "." || name == "..") {
      errno = EXDEV;
      return {};
    }
    UniqueFd next(::openat(parent ? parent.get() : folder, name.c_str(),
                           kSafe | (last ? flags : O_DIRECTORY)));
    if (last || !next) return next;
    parent = std::move(next);
    path.remove_prefix(slash + 1);
  }
}

}  // namespace playground::exec

// By raw system calls: Debian has no library for Landlock, and its headers know only the first
// ABIs.
#include "pool/sandbox_landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pool/io.h"
#include "pool/readable_paths.h"

namespace playground::pool {
namespace {

// Linux, include/uapi/linux/landlock.h. The numbers of the calls are the same on every
// architecture.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr unsigned kAskVersion = 1;
constexpr int kPathBeneath = 1;
constexpr unsigned kLogOffs = 1U << 0 | 1U << 2;  // ABI 7: a program shall not flood the audit log

constexpr std::uint64_t kExecute = 1ULL << 0;
constexpr std::uint64_t kWriteFile = 1ULL << 1;
constexpr std::uint64_t kReadFile = 1ULL << 2;
constexpr std::uint64_t kReadDir = 1ULL << 3;
constexpr std::uint64_t kRemove = 1ULL << 4 | 1ULL << 5;       // folders, files
constexpr std::uint64_t kMakeDevice = 1ULL << 6 | 1ULL << 11;  // character, block
constexpr std::uint64_t kMakeSocket = 1ULL << 9;
constexpr std::uint64_t kMakePlain =
    1ULL << 7 | 1ULL << 8 | 1ULL << 10 | 1ULL << 12;      // folder, file, FIFO, link
constexpr std::uint64_t kRefer = 1ULL << 13;              // ABI 2: move between folders
constexpr std::uint64_t kTruncate = 1ULL << 14;           // ABI 3
constexpr std::uint64_t kIoctlDevice = 1ULL << 15;        // ABI 5
constexpr std::uint64_t kNet = 1ULL << 0 | 1ULL << 1;     // ABI 4: bind and connect TCP
constexpr std::uint64_t kScopes = 1ULL << 0 | 1ULL << 1;  // ABI 6: abstract sockets, signals

struct RulesetAttr {
  std::uint64_t fs, net, scoped;
};
struct [[gnu::packed]] PathBeneathAttr {
  std::uint64_t access;
  std::int32_t parent_fd;
};

int g_abi = 0;
int g_null = -1;  // /dev/null, for the workers' layers

// What the ABI in use knows of `access`.
std::uint64_t known(std::uint64_t access) {
  std::uint64_t all = kRefer - 1;
  if (g_abi >= 2) all |= kRefer;
  if (g_abi >= 3) all |= kTruncate;
  if (g_abi >= 5) all |= kIoctlDevice;
  return access & all;
}

constexpr std::uint64_t kRead = kReadFile | kReadDir;
constexpr std::uint64_t kChange = kWriteFile | kRemove | kMakePlain | kRefer | kTruncate;
constexpr std::uint64_t kEvery =
    kExecute | kRead | kChange | kMakeDevice | kMakeSocket | kIoctlDevice;

// An older kernel takes the larger structure as long as what it doesn't know is zero.
UniqueFd make_ruleset(std::uint64_t access, std::uint64_t net) {
  const RulesetAttr attr{known(access), g_abi >= 4 ? net : 0, g_abi >= 6 ? kScopes : 0};
  return UniqueFd(static_cast<int>(::syscall(kCreateRuleset, &attr, sizeof attr, 0)));
}

bool allow(const UniqueFd& ruleset, int fd, std::uint64_t access) {
  const PathBeneathAttr attr{known(access), fd};
  return ::syscall(kAddRule, ruleset.get(), kPathBeneath, &attr, 0) == 0;
}

bool enforce(const UniqueFd& ruleset) {
  return ::syscall(kRestrictSelf, ruleset.get(), g_abi >= 7 ? kLogOffs : 0U) == 0;
}

UniqueFd open_path(const char* path) {
  return UniqueFd(::open(path, O_PATH | O_CLOEXEC));
}

struct Readable {
  const UniqueFd& ruleset;
  bool sound = true;
};

// A path that isn't there needs no rule.
void allow_reading(const char* path, void* context) {
  auto& readable = *static_cast<Readable*>(context);
  UniqueFd fd = open_path(path);
  struct stat status {};
  if (fd.get() < 0 || ::fstat(fd.get(), &status) != 0) return;
  std::uint64_t access = S_ISDIR(status.st_mode) ? kRead : kReadFile;
  if (S_ISCHR(status.st_mode)) access |= kIoctlDevice;
  readable.sound = readable.sound && allow(readable.ruleset, fd.get(), access);
  // A rule is bound to an inode, and /proc makes a new one when it has forgotten a name: held here,
  // it won't.
  if (std::strncmp(path, "/proc/", 6) == 0) static_cast<void>(fd.release());
}

bool allow_all(const UniqueFd& ruleset, const char* scratch) {
  Readable readable{ruleset};
  list_readable_paths(allow_reading, &readable);
  g_null = open_path("/dev/null").release();
  const UniqueFd folder = open_path(scratch);
  return readable.sound && g_null >= 0 && folder.get() >= 0 &&
         allow(ruleset, g_null, kReadFile | kWriteFile | kTruncate | kIoctlDevice) &&
         allow(ruleset, folder.get(), kRead | kChange);
}

LandlockState failed(const char* step) {
  const int error = errno;
  g_abi = 0;
  return {0, error, step};
}

}  // namespace

LandlockState restrict_zygote(const char* scratch, std::uint32_t abi_max) {
  const long abi = ::syscall(kCreateRuleset, nullptr, 0UL, kAskVersion);
  if (abi < 1) return failed("landlock_create_ruleset");
  g_abi = static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(abi), abi_max));
  const UniqueFd ruleset = make_ruleset(kEvery, kNet);
  if (ruleset.get() < 0) return failed("landlock_create_ruleset");
  if (!allow_all(ruleset, scratch)) return failed("landlock_add_rule");
  if (!enforce(ruleset)) return failed("landlock_restrict_self");
  return {g_abi, 0, ""};
}

bool restrict_worker() {
  if (g_abi == 0) return true;
  const UniqueFd ruleset = make_ruleset(kChange | kMakeDevice | kMakeSocket, 0);
  const UniqueFd folder = open_path(".");
  return ruleset.get() >= 0 && folder.get() >= 0 && allow(ruleset, folder.get(), kChange) &&
         allow(ruleset, g_null, kWriteFile | kTruncate) && enforce(ruleset);
}

}  // namespace playground::pool

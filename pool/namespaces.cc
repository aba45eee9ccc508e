// user_namespaces(7), pid_namespaces(7), mount_namespaces(7).
#include "pool/namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "pool/io.h"

namespace playground::pool {
namespace {

constexpr char kHostname[] = "playground";
constexpr unsigned long long kProbeBytes = 1 << 20;
constexpr unsigned long long kProbeEntries = 16;

NamespaceState failed(const char* layer, const char* step) {
  return {layer, step, errno};
}

bool write_text(const char* path, const char* text) {
  const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
  return file.get() >= 0 && write_fully(file.get(), text, std::strlen(text));
}

// Without privileges a process may map its own ids only, and groups only once it has given up
// setgroups. Everybody else's files then belong to the overflow uid, 65534.
NamespaceState enter_user_namespace() {
  char uids[64], gids[64];
  std::snprintf(uids, sizeof uids, "%u %u 1", ::getuid(), ::getuid());
  std::snprintf(gids, sizeof gids, "%u %u 1", ::getgid(), ::getgid());
  if (::unshare(CLONE_NEWUSER) != 0) return failed(kUserLayer, "unshare");
  if (!write_text("/proc/self/setgroups", "deny")) return failed(kUserLayer, "setgroups");
  if (!write_text("/proc/self/uid_map", uids)) return failed(kUserLayer, "uid_map");
  if (!write_text("/proc/self/gid_map", gids)) return failed(kUserLayer, "gid_map");
  return {};
}

[[noreturn]] void be_first_process() {
  ::_exit(::getpid() == 1 ? 0 : 1);
}

NamespaceState try_pid_namespace() {
  if (const NamespaceState state = enter_pid_namespace(); !state.entered()) return state;
  const pid_t pid = ::fork();
  if (pid == 0) be_first_process();
  int status = 0;
  if (pid < 0 || ::waitpid(pid, &status, 0) != pid) return failed(kPidLayer, "fork");
  return status == 0 ? NamespaceState{} : NamespaceState{kPidLayer, "getpid", ESRCH};
}

NamespaceState try_all(const char* folder) {
  if (const NamespaceState state = enter_namespaces(); !state.entered()) return state;
  if (!mount_tmpfs(folder, kProbeBytes, kProbeEntries)) return failed(kTmpfsLayer, "mount");
  return try_pid_namespace();
}

}  // namespace

// The child's answer holds addresses of literals, which are the same in its parent.
NamespaceState probe_namespaces(const char* folder) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed(kUserLayer, "pipe");
  const UniqueFd in(ends[0]);
  UniqueFd out(ends[1]);
  const pid_t pid = ::fork();
  if (pid == 0) {
    const NamespaceState state = try_all(folder);
    ::_exit(write_fully(out.get(), &state, sizeof state) ? 0 : 1);
  }
  out.reset();
  NamespaceState state;
  const bool answered = pid > 0 && read_fully(in.get(), &state, sizeof state) == sizeof state;
  if (!answered) state = {kUserLayer, "probe", ECHILD};
  wait_for_end(pid);
  return state;
}

NamespaceState enter_namespaces() {
  if (const NamespaceState state = enter_user_namespace(); !state.entered()) return state;
  if (::unshare(CLONE_NEWNET) != 0) return failed(kNetworkLayer, "unshare");
  if (::unshare(CLONE_NEWIPC | CLONE_NEWUTS) != 0) return failed(kIpcUtsLayer, "unshare");
  if (::sethostname(kHostname, sizeof kHostname - 1) != 0) {
    return failed(kIpcUtsLayer, "sethostname");
  }
  if (::unshare(CLONE_NEWNS) != 0) return failed(kMountLayer, "unshare");
  // What is mounted here shall not show elsewhere, nor the other way round.
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return failed(kMountLayer, "mount");
  }
  return {};
}

NamespaceState enter_pid_namespace() {
  return ::unshare(CLONE_NEWPID) == 0 ? NamespaceState{} : failed(kPidLayer, "unshare");
}

// One entry more: the folder itself.
bool mount_tmpfs(const char* folder, unsigned long long bytes, unsigned long long entries) {
  char options[96];
  std::snprintf(options, sizeof options, "mode=0700,size=%llu,nr_inodes=%llu", bytes, entries + 1);
  return ::mount("playground", folder, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0;
}

}  // namespace playground::pool

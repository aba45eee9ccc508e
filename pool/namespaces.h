// Tier T1 of the sandbox: the namespaces that the zygote enters, once, for all its workers.
#pragma once

namespace playground::pool {

inline constexpr char kUserLayer[] = "user namespace";
inline constexpr char kNetworkLayer[] = "network namespace";
inline constexpr char kIpcUtsLayer[] = "ipc, uts namespaces";
inline constexpr char kMountLayer[] = "mount namespace";
inline constexpr char kTmpfsLayer[] = "private tmpfs";
inline constexpr char kPidLayer[] = "pid namespace";

// How far a process came. The strings are literals.
struct NamespaceState {
  const char* layer = nullptr;  // that could not be had; null: all could
  const char* step = "";        // the call that failed
  int error = 0;                // its errno

  bool entered() const { return layer == nullptr; }
};

// Goes all the way in a throw-away process: what is half entered can't be left again. `folder` is
// any that a file system can be mounted on.
NamespaceState probe_namespaces(const char* folder);

// User, network, ipc, uts and mount namespaces. Gives this process every capability in the first,
// hence over the others. Must have one thread and no capability; /proc/self must be open
// (PR_SET_DUMPABLE).
NamespaceState enter_namespaces();

// Children of this process from now on are in a pid namespace; the process itself is not, and can
// start no further thread. The first child is the namespace's pid 1.
NamespaceState enter_pid_namespace();

// An empty file system in memory on `folder`, of this mount namespace only: `bytes` large, for
// `entries` files and folders. Executable, like any scratch folder. False with errno.
bool mount_tmpfs(const char* folder, unsigned long long bytes, unsigned long long entries);

}  // namespace playground::pool

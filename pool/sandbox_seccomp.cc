// Compiled and installed once, by the zygote: a worker inherits it for free. What the zygote itself
// needs (clone, prctl, seccomp) and what depends on a worker's pid is refused by sandbox_self.cc.
#include "pool/sandbox_seccomp.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#ifndef FIOSETOWN
#define FIOSETOWN 0x8901
#endif
#ifndef SIOCSPGRP
#define SIOCSPGRP 0x8902
#endif

namespace playground::pool {
namespace {

// By name, so that one list serves all architectures and any age of kernel headers; a name that the
// architecture or the library does not know is skipped.
constexpr const char* kRefused[] = {
    // network; socketpair has a rule of its own
    "socket",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    // other programs and processes
    "execve",
    "execveat",
    "fork",
    "vfork",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "kcmp",
    "pidfd_open",
    "pidfd_send_signal",
    "pidfd_getfd",
    "tkill",
    "setpgid",
    "setsid",
    "move_pages",
    "migrate_pages",
    "personality",
    // namespaces and mounts
    "unshare",
    "setns",
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "chroot",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "mount_setattr",
    "name_to_handle_at",
    "open_by_handle_at",
    "quotactl",
    "quotactl_fd",
    // the kernel's wide surfaces
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "keyctl",
    "add_key",
    "request_key",
    "memfd_secret",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "lookup_dcookie",
    "syslog",
    "acct",
    "vhangup",
    "nfsservctl",
    "sysfs",
    "_sysctl",
    "uselib",
    // the machine
    "reboot",
    "swapon",
    "swapoff",
    "settimeofday",
    "stime",
    "clock_settime",
    "clock_settime64",
    "clock_adjtime",
    "clock_adjtime64",
    "adjtimex",
    "sethostname",
    "setdomainname",
    "iopl",
    "ioperm",
    "modify_ldt",
    "vm86",
    "vm86old",
    // what outlives the process or reaches others: SysV and POSIX IPC, watches on files
    "shmget",
    "shmat",
    "shmdt",
    "shmctl",
    "semget",
    "semop",
    "semctl",
    "semtimedop",
    "semtimedop_time64",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "mq_open",
    "mq_unlink",
    "mq_timedsend",
    "mq_timedreceive",
    "mq_notify",
    "mq_getsetattr",
    "inotify_init",
    "inotify_init1",
    "inotify_add_watch",
    "inotify_rm_watch",
    "fanotify_init",
    "fanotify_mark",
    // identity
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setfsuid",
    "setfsgid",
    "setgroups",
    "capset",
};

// Answered as by a kernel that lacks them, because callers then fall back to what is allowed.
constexpr const char* kUnknown[] = {"clone3", "io_uring_setup", "io_uring_enter",
                                    "io_uring_register"};

struct RefusedCommand {
  const char* call;
  unsigned argument;
  unsigned long command;
};

// fcntl and ioctl can have a signal of the program's choice sent to any process of the same user;
// TIOCSTI types into a terminal. fanotify and inotify by another name: F_NOTIFY.
constexpr RefusedCommand kRefusedCommands[] = {
    {"fcntl", 1, F_SETOWN},  {"fcntl", 1, F_SETOWN_EX}, {"fcntl", 1, F_SETSIG},
    {"fcntl", 1, F_NOTIFY},  {"fcntl", 1, F_SETLEASE},  {"ioctl", 1, FIOSETOWN},
    {"ioctl", 1, SIOCSPGRP}, {"ioctl", 1, FIOASYNC},    {"ioctl", 1, TIOCSTI},
};

int refuse_all(scmp_filter_ctx filter) {
  for (const char* name : kRefused) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR) continue;
    const int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
    if (error != 0) return error;
  }
  for (const char* name : kUnknown) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR) continue;
    const int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
    if (error != 0) return error;
  }
  return 0;
}

// The kernel takes these arguments as 32 bits and ignores the rest, so the comparison does the
// same.
int refuse_commands(scmp_filter_ctx filter) {
  for (const RefusedCommand& refused : kRefusedCommands) {
    const int call = seccomp_syscall_resolve_name(refused.call);
    const scmp_arg_cmp command{refused.argument, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFUL,
                               refused.command & 0xFFFFFFFFUL};
    const int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, command);
    if (error != 0) return error;
  }
  // asyncio wakes its loop through a pair of AF_UNIX.
  const scmp_arg_cmp family{0, SCMP_CMP_NE, AF_UNIX, 0};
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socketpair), 1, family);
}

int build_and_load(scmp_filter_ctx filter) {
  // Calls of a foreign architecture (i386, x32) would have other numbers for the same things.
  int error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (error == 0) error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0);
  if (error == 0) error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (error == 0) error = refuse_all(filter);
  if (error == 0) error = refuse_commands(filter);
  if (error == 0) error = seccomp_load(filter);
  return -error;
}

}  // namespace

int install_zygote_filter() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return ENOMEM;
  const int error = build_and_load(filter);
  seccomp_release(filter);
  return error;
}

}  // namespace playground::pool

#include "pool/sandbox_calls.h"

namespace playground::pool {

const char* const kAllowedCalls[] = {
    // reading, writing, and what is ready
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2",
    "pwritev2", "lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "pipe", "pipe2",
    "poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6", "pselect6_time64",
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2",
    "eventfd", "eventfd2", "signalfd", "signalfd4", "timerfd_create", "timerfd_settime",
    "timerfd_gettime", "timerfd_settime64", "timerfd_gettime64", "sendfile", "sendfile64",
    "copy_file_range", "readahead", "fadvise64", "fadvise64_64", "arm_fadvise64_64",
    // a pair of sockets, once made
    "send", "sendto", "sendmsg", "sendmmsg", "recv", "recvfrom", "recvmsg", "recvmmsg",
    "recvmmsg_time64", "shutdown", "getsockopt", "getsockname", "getpeername",
    // files, where Landlock lets them be
    "open", "openat", "openat2", "creat", "stat", "stat64", "lstat", "lstat64", "fstat", "fstat64",
    "newfstatat", "fstatat64", "statx", "statfs", "statfs64", "fstatfs", "fstatfs64", "access",
    "faccessat", "faccessat2", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "mkdir",
    "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "readlink", "readlinkat", "mknod", "mknodat", "umask", "ftruncate",
    "ftruncate64", "fallocate", "fsync", "fdatasync", "sync_file_range", "sync_file_range2",
    "flock", "cachestat",
    // memory
    "brk", "munmap", "mremap", "mprotect", "madvise", "msync", "mincore", "mlock", "mlock2",
    "munlock", "mlockall", "munlockall", "membarrier", "pkey_alloc", "pkey_free", "pkey_mprotect",
    "get_mempolicy", "map_shadow_stack", "mseal",
    // threads and signals; which process they may name is sandbox_self.cc's matter
    "futex", "futex_time64", "futex_waitv", "futex_wake", "futex_wait", "futex_requeue",
    "set_robust_list", "get_robust_list", "set_tid_address", "set_thread_area", "get_thread_area",
    "arch_prctl", "rseq", "exit", "exit_group", "gettid", "getcpu", "kill", "tgkill",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigsuspend",
    "rt_sigtimedwait", "rt_sigtimedwait_time64", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "sigaction", "sigprocmask", "sigreturn", "sigpending", "sigsuspend", "sigaltstack", "signal",
    "restart_syscall", "pause", "wait4", "waitid", "waitpid", "sched_yield", "sched_setaffinity",
    "sched_getaffinity", "sched_setscheduler", "sched_getscheduler", "sched_setparam",
    "sched_getparam", "sched_setattr", "sched_getattr", "sched_rr_get_interval",
    "sched_rr_get_interval_time64", "sched_get_priority_max", "sched_get_priority_min",
    "setpriority", "getpriority", "nice", "ioprio_set", "ioprio_get",
    // time
    "time", "gettimeofday", "clock_gettime", "clock_gettime64", "clock_getres",
    "clock_getres_time64", "clock_nanosleep", "clock_nanosleep_time64", "nanosleep", "alarm",
    "setitimer", "getitimer", "timer_create", "timer_settime", "timer_settime64", "timer_gettime",
    "timer_gettime64", "timer_getoverrun", "timer_delete", "times",
    // who and where it is
    "getpid", "getppid", "getpgrp", "getpgid", "getsid", "getuid", "getuid32", "geteuid",
    "geteuid32", "getgid", "getgid32", "getegid", "getegid32", "getresuid", "getresuid32",
    "getresgid", "getresgid32", "getgroups", "getgroups32", "capget", "uname", "sysinfo",
    "getrandom", "getrlimit", "ugetrlimit", "setrlimit", "prlimit64", "getrusage",
    // what the zygote needs and sandbox_self.cc takes away
    "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", nullptr};

const char* const kUnknownCalls[] = {
    "clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", "fchmodat2", nullptr};

const char* const kOwnFileCalls[] = {
    "chmod",     "fchmod",    "fchmodat",         "chown",    "chown32", "fchown",
    "fchown32",  "lchown",    "lchown32",         "fchownat", "utime",   "utimes",
    "futimesat", "utimensat", "utimensat_time64", nullptr};

const char* const kTrappedCalls[] = {"mount",
                                     "umount2",
                                     "pivot_root",
                                     "unshare",
                                     "setns",
                                     "ptrace",
                                     "process_vm_readv",
                                     "process_vm_writev",
                                     "bpf",
                                     "perf_event_open",
                                     "keyctl",
                                     "add_key",
                                     "request_key",
                                     "init_module",
                                     "finit_module",
                                     "delete_module",
                                     "kexec_load",
                                     "kexec_file_load",
                                     "reboot",
                                     "swapon",
                                     "swapoff",
                                     "open_tree",
                                     "move_mount",
                                     "fsopen",
                                     "fsconfig",
                                     "fsmount",
                                     "fspick",
                                     "mount_setattr",
                                     "open_by_handle_at",
                                     "userfaultfd",
                                     "acct",
                                     "quotactl",
                                     nullptr};

const char* const kUnsupportedCalls[] = {
    "getxattr",     "lgetxattr",    "fgetxattr",  "setxattr",   "lsetxattr",
    "fsetxattr",    "listxattr",    "llistxattr", "flistxattr", "removexattr",
    "lremovexattr", "fremovexattr", nullptr};

}  // namespace playground::pool

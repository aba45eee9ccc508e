"""A seccomp profile like RuntimeDefault of container runtimes, for a container without any capability.

An allow-list: what isn't named is EPERM, clone3 is ENOSYS (so that libraries fall back to clone, whose flags can be
seen), clone is allowed without namespaces, personality with the values that change nothing, sockets but for vsock.
"""

from __future__ import annotations

import ctypes
import errno

ALLOWED = """
accept accept4 access adjtimex alarm arch_prctl bind brk cachestat capget capset chdir chmod chown chown32 clock_adjtime
clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64
close close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_ctl_old
epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2
fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64
fdatasync fgetxattr flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync
ftruncate ftruncate64 futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat get_mempolicy
get_robust_list get_thread_area getcpu getcwd getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32
getgroups getgroups32 getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32
getresuid getresuid32 getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32 getxattr
inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents
io_pgetevents_time64 io_setup io_submit ioctl ioprio_get ioprio_set ipc kill landlock_add_rule landlock_create_ruleset
landlock_restrict_self lchown lchown32 lgetxattr link linkat listen listxattr llistxattr lremovexattr lseek lsetxattr
lstat lstat64 madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock
mlock2 mlockall mmap mmap2 mprotect mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend
mq_timedsend_time64 mq_unlink mremap msgctl msgget msgrcv msgsnd msync munlock munlockall munmap
name_to_handle_at nanosleep newfstatat open openat openat2 pause pidfd_getfd pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc
pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64 preadv preadv2 prlimit64 process_mrelease process_vm_readv
process_vm_writev pselect6 pselect6_time64 ptrace pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv
recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr rename renameat renameat2 restart_syscall
rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr
sched_getparam sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr
sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop semtimedop semtimedop_time64 send
sendfile sendfile64 sendmmsg sendmsg sendto set_robust_list set_thread_area set_tid_address setfsgid setfsgid32 setfsuid
setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid setresgid32
setresuid setresuid32 setreuid setreuid32 setrlimit setsid setsockopt setuid setuid32 setxattr shmat shmctl shmdt shmget
shutdown sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat stat64 statfs statfs64
statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun
timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64
timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink unlinkat utime utimensat
utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev modify_ldt
""".split()

NAMESPACES = 0x7E020000  # the CLONE_NEW* flags that clone takes
PERSONALITIES = (0x0, 0x0008, 0x20000, 0x20008, 0xFFFFFFFF)
AF_VSOCK = 40

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_NE, _EQ, _MASKED_EQ = 1, 4, 7
_UNKNOWN = -1  # __NR_SCMP_ERROR


class _Argument(ctypes.Structure):
    _fields_ = [("index", ctypes.c_uint), ("comparison", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def as_json() -> dict:
    """The same as a profile that container runtimes read (`--security-opt seccomp=FILE`)."""
    def rule(action: str, *names: str, **more: object) -> dict:
        return {"names": list(names), "action": action, **more}

    def argument(value: int, comparison: str, second: int = 0) -> dict:
        return {"args": [{"index": 0, "value": value, "valueTwo": second, "op": f"SCMP_CMP_{comparison}"}]}

    allow = "SCMP_ACT_ALLOW"
    return {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": errno.EPERM, "syscalls": [
        rule(allow, *ALLOWED),
        rule("SCMP_ACT_ERRNO", "clone3", errnoRet=errno.ENOSYS),
        rule(allow, "clone", **argument(NAMESPACES, "MASKED_EQ")),
        rule(allow, "socket", **argument(AF_VSOCK, "NE")),
        *(rule(allow, "personality", **argument(value, "EQ")) for value in PERSONALITIES)]}


def load() -> None:
    """Loads the profile into the calling process, which must have no_new_privs. Raises OSError."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    filter_ = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_ERRNO | errno.EPERM)))
    if not filter_:
        raise OSError(errno.ENOMEM, "seccomp_init")
    for name in ALLOWED:
        _add(library, filter_, _ALLOW, name)
    _add(library, filter_, _ERRNO | errno.ENOSYS, "clone3")
    _add(library, filter_, _ALLOW, "clone", _Argument(0, _MASKED_EQ, NAMESPACES, 0))
    _add(library, filter_, _ALLOW, "socket", _Argument(0, _NE, AF_VSOCK, 0))
    for value in PERSONALITIES:
        _add(library, filter_, _ALLOW, "personality", _Argument(0, _EQ, value, 0))
    _check(library.seccomp_load(filter_), "seccomp_load")
    library.seccomp_release(filter_)


def _add(library: ctypes.CDLL, filter_: ctypes.c_void_p, action: int, name: str, *arguments: _Argument) -> None:
    call = library.seccomp_syscall_resolve_name(name.encode())
    if call != _UNKNOWN:  # of another architecture, or newer than the library
        array = (_Argument * len(arguments))(*arguments)
        _check(library.seccomp_rule_add_array(filter_, ctypes.c_uint32(action), call, len(arguments), array), name)


def _check(result: int, what: str) -> None:
    if result < 0:
        raise OSError(-result, f"seccomp: {what}")

# What hostile programs share; `# use: helpers` puts it in front of them. A program ends with contained(), which
# says so only when nothing before it escaped.
import errno as _errno
import os as _os

_escaped = []

# System call numbers: x86-64, and the generic table of aarch64. -1: not there.
_NUMBERS = {
    "fork": (57, -1), "vfork": (58, -1), "clone": (56, 220), "clone3": (435, 435), "execve": (59, 221),
    "execveat": (322, 281), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "ptrace": (101, 117),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "prlimit64": (302, 261), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "process_mrelease": (448, 448), "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238),
    "get_robust_list": (274, 100), "setsid": (112, 157), "setpgid": (109, 154), "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "init_module": (175, 105), "finit_module": (313, 273), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "acct": (163, 89), "syslog": (103, 116), "quotactl": (179, 60),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "sethostname": (170, 161),
    "setdomainname": (171, 162), "personality": (135, 92), "iopl": (172, -1), "ioperm": (173, -1),
    "modify_ldt": (154, -1), "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "sendto": (44, 206), "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "inotify_init1": (294, 26), "fanotify_init": (300, 262), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "prctl": (157, 167), "seccomp": (317, 277), "fcntl": (72, 25), "ioctl": (16, 29), "setuid": (105, 146),
    "setresuid": (117, 147), "setgroups": (116, 159), "capset": (126, 91), "truncate": (76, 45), "mknodat": (259, 33),
    "chmod": (90, -1), "fchmodat2": (452, 452), "lookup_dcookie": (212, 18), "vhangup": (153, 58),
    "landlock_restrict_self": (446, 446), "landlock_create_ruleset": (444, 444), "vmsplice": (278, 75),
    "splice": (275, 76), "tee": (276, 77), "signalfd4": (289, 74), "timer_create": (222, 107), "mbind": (237, 235),
    "set_mempolicy": (238, 237), "remap_file_pages": (216, 234), "uselib": (134, -1), "fchownat": (260, 54),
    "utimensat": (280, 88), "setxattr": (188, 5), "setitimer": (38, 103), "rseq": (334, 293), "cachestat": (451, 451),
}


def number(name):
    """The number of a system call on this machine; -1 where it has none."""
    return _NUMBERS[name][0 if _os.uname().machine == "x86_64" else 1]


def call(name, *arguments):
    """Makes a raw system call (`name` may be a number); what it returns, or minus the error."""
    import ctypes
    wanted = number(name) if isinstance(name, str) else name
    if wanted == -1:
        return -_errno.ENOSYS
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    sent = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(wanted), *sent)
    return -ctypes.get_errno() if result == -1 else result


def escaped(what):
    _escaped.append(what)
    print("ESCAPED:", what, flush=True)


def refused(name, *arguments, also=()):
    """The call must be refused by the sandbox (EPERM, EACCES, ENOSYS), not fail by chance in the kernel."""
    result = call(name, *arguments)
    if result not in (-_errno.EPERM, -_errno.EACCES, -_errno.ENOSYS, *(-a for a in also)):
        escaped("%s answered %s" % (name, result if result >= 0 else _errno.errorcode.get(-result, result)))


def fails(what, function, *errors):
    """`function` must raise one of `errors` (OSError by default)."""
    try:
        value = function()
    except (errors or (OSError,)):
        return
    escaped("%s gave %.60r" % (what, value))


def processes():
    """Pids of others that this program can see or guess."""
    own = _os.getpid()
    try:
        seen = [int(n) for n in _os.listdir("/proc") if n.isdigit()]
    except OSError:
        seen = []
    guessed = [_os.getppid(), 1, 2, *range(max(own - 20, 2), own), *range(own + 1, own + 20)]
    return [p for p in dict.fromkeys(seen + guessed) if p > 0 and p != own]


def contained():
    if not _escaped:
        print("contained", flush=True)

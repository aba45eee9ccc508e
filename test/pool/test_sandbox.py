"""What a program may not do: refused calls answer EPERM (ENOSYS where callers fall back), and it goes on.

Nothing here does harm if it succeeds: the calls are given arguments that the kernel would refuse anyway, or
that concern the program alone; what tells the sandbox's answer is its errno.
"""

import os
import platform
import signal

import pytest

import harness


CALLER = """
import ctypes, ctypes.util, os, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *args):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in args])
    return errno.errorcode.get(ctypes.get_errno(), 'OK') if result < 0 else 'OK'
"""

pytestmark = pytest.mark.skipif(platform.machine() != 'x86_64', reason='numbers are of x86-64')

BAD = -1  # a pointer or descriptor that makes the kernel itself answer something else
REFUSED = {
    'socket inet': (41, 2, 1, 0), 'socket unix': (41, 1, 1, 0), 'socket netlink': (41, 16, 3, 0),
    'socketpair inet': (53, 2, 1, 0, BAD), 'connect': (42, BAD, 0, 0), 'bind': (49, BAD, 0, 0),
    'listen': (50, BAD, 0), 'accept': (43, BAD, 0, 0), 'accept4': (288, BAD, 0, 0, 0),
    'execve': (59, BAD, 0, 0), 'execveat': (322, BAD, BAD, 0, 0, 0),
    'fork': (57,), 'vfork': (58,), 'clone': (56, 17, 0, 0, 0, 0),
    'clone in namespace': (56, 0x10000000 | 17, 0, 0, 0, 0),
    'ptrace': (101, 99, 0, 0, 0), 'process_vm_readv': (310, 0, 0, 0, 0, 0, 0),
    'process_vm_writev': (311, 0, 0, 0, 0, 0, 0), 'process_madvise': (440, BAD, 0, 0, 0, 0),
    'process_madvise, another advice': (440, -10001, 0, 0, 4, 0), 'process_madvise, the thread': (440, -10000, 0, 0, 23, 0),
    'kcmp': (312, 0, 0, 99, 0, 0), 'pidfd_open': (434, 0, 0), 'pidfd_send_signal': (424, BAD, 0, 0, 0),
    'pidfd_getfd': (438, BAD, 0, 0), 'tkill': (200, 0, 0), 'setpgid': (109, 0, 0), 'setsid': (112,),
    'mount': (165, BAD, BAD, BAD, 0, 0), 'umount2': (166, BAD, 0), 'pivot_root': (155, BAD, BAD),
    'chroot': (161, BAD), 'unshare': (272, 0), 'setns': (308, BAD, 0), 'bpf': (321, BAD, 0, 0),
    'open_tree': (428, BAD, 0, 0), 'move_mount': (429, BAD, 0, BAD, 0, 0), 'fsopen': (430, 0, 0),
    'fsconfig': (431, BAD, 0, 0, 0, 0), 'fsmount': (432, BAD, 0, 0), 'fspick': (433, BAD, 0, 0),
    'mount_setattr': (442, BAD, 0, 0, 0, 0), 'perf_event_open': (298, BAD, 0, 0, 0, 0),
    'userfaultfd': (323, BAD), 'keyctl': (250, BAD, 0, 0, 0, 0), 'add_key': (248, 0, 0, 0, 0, 0),
    'request_key': (249, 0, 0, 0, 0), 'kexec_load': (246, 0, 0, 0, 0), 'init_module': (175, 0, 0, 0),
    'finit_module': (313, BAD, 0, 0), 'delete_module': (176, 0, 0), 'reboot': (169, 0, 0, 0, 0),
    'swapon': (167, BAD, 0), 'settimeofday': (164, BAD, 0), 'clock_settime': (227, BAD, 0),
    'adjtimex': (159, BAD), 'sethostname': (170, BAD, 0), 'setdomainname': (171, BAD, 0),
    'name_to_handle_at': (303, BAD, BAD, 0, 0, 0), 'open_by_handle_at': (304, BAD, BAD, 0),
    'quotactl': (179, 0, BAD, 0, 0), 'acct': (163, BAD), 'syslog': (103, BAD, 0, 0), 'iopl': (172, 4),
    'ioperm': (173, BAD, 1, 1), 'shmget': (29, 0, 0, 0), 'semget': (64, 0, 0, 0), 'msgget': (68, 1, 0),
    'mq_open': (240, BAD, 0, 0, 0), 'inotify_init1': (294, BAD), 'fanotify_init': (300, BAD, 0),
    'memfd_secret': (447, BAD), 'setuid': (105, BAD), 'setgid': (106, BAD), 'setresuid': (117, BAD, BAD, BAD),
    'setgroups': (116, BAD, 0), 'capset': (126, BAD, 0), 'personality': (135, 0xFFFFFFFF),
    'seccomp': (317, 2, 0, 0), 'move_pages': (279, 0, 0, 0, 0, 0, 0),
    'prctl dumpable': (157, 4, 1, 0, 0, 0), 'prctl death signal': (157, 1, 0, 0, 0, 0),
    'prctl seccomp': (157, 22, 2, 0, 0, 0), 'prctl, upper bits': (157, (1 << 32) + 4, 1, 0, 0, 0),
    'fcntl owner': (72, 0, 8, 1), 'fcntl owner ex': (72, 0, 15, 0), 'fcntl signal': (72, 0, 10, 9),
    'fcntl notify': (72, 0, 1026, 0), 'fcntl lease': (72, 0, 1024, 0),
    'fcntl, upper bits': (72, 0, (1 << 32) + 8, 1),
    'ioctl owner': (16, 0, 0x8901, 0), 'ioctl group': (16, 0, 0x8902, 0), 'ioctl async': (16, 0, 0x5452, 0),
    'ioctl typing': (16, 0, 0x5412, 0), 'ioctl, unheard of': (16, 0, 0x1234, 0), 'fcntl pipe size': (72, 0, 1031, 4096),
    'fcntl, unheard of': (72, 0, 4242, 0), 'prctl, unheard of': (157, 4242, 0, 0, 0, 0), 'prctl keepcaps': (157, 8, 1, 0, 0, 0),
    'shared pages of no file': (9, 0, 4096, 3, 0x21, BAD, 0), 'memfd_create': (319, BAD, 0), 'truncate': (76, BAD, 0),
    'setsockopt': (54, BAD, 1, 1, 0, 0), 'vmsplice': (278, BAD, 0, 0, 0), 'splice': (275, BAD, 0, BAD, 0, 0, 0),
    'remap_file_pages': (216, 0, 0, 0, 0, 0), 'landlock_create_ruleset': (444, 0, 0, 1),
    'landlock_restrict_self': (446, BAD, 0), 'modify_ldt': (154, 0, 0, 0), 'mbind': (237, 0, 0, 0, 0, 0, 0),
    'sync': (162,), 'restart of the clock': (305, 0, BAD), 'tee': (276, BAD, BAD, 0, 0), 'unused number': (180,),
}
UNKNOWN = {'newer than any': (451, 0, 0, 0), 'far newer': (9999, 0), 'clone3': (435, BAD, 88), 'io_uring_setup': (425, 1, BAD), 'io_uring_enter': (426, BAD, 0, 0, 0),
           'io_uring_register': (427, BAD, 0, 0)}


def test_refused_calls(zygote):
    """One program makes them all: so it is also shown that it goes on after each."""
    ran = zygote.run(CALLER + f'for name, args in {REFUSED!r}.items(): print(name, call(*args), sep="|")')
    answers = dict(line.split('|') for line in ran.stdout.decode().splitlines())
    assert ran.code == 0, ran
    assert {name: answer for name, answer in answers.items() if answer != 'EPERM'} == {}
    assert answers.keys() == REFUSED.keys()


def test_unknown_calls(zygote):
    ran = zygote.run(CALLER + f'print([call(*args) for args in {list(UNKNOWN.values())!r}])')
    assert ran.stdout == b"['ENOSYS', 'ENOSYS', 'ENOSYS', 'ENOSYS', 'ENOSYS', 'ENOSYS']\n"


# Calls with a pid: number, and arguments with P for it. The signal is 0 where there is one.
PID_CALLS = {
    'kill': (62, 'P', 0), 'tgkill': (234, 'P', 'P', 0), 'rt_sigqueueinfo': (129, 'P', 0, 0),
    'rt_tgsigqueueinfo': (297, 'P', 'P', 0, 0), 'prlimit64': (302, 'P', 7, 0, 0),
    'sched_setaffinity': (203, 'P', 0, 0), 'sched_getaffinity': (204, 'P', 0, 0),
    'sched_setscheduler': (144, 'P', 0, 0), 'sched_getscheduler': (145, 'P'),
    'sched_setparam': (142, 'P', 0), 'sched_getparam': (143, 'P', 0), 'sched_setattr': (314, 'P', 0, 0),
    'sched_getattr': (315, 'P', 0, 0, 0), 'sched_rr_get_interval': (148, 'P', 0),
    'get_robust_list': (274, 'P', 0, 0), 'getpgid': (121, 'P'), 'getsid': (124, 'P'),
    'setpriority': (141, 0, 'P', 19), 'getpriority': (140, 0, 'P'), 'ioprio_set': (251, 1, 'P', 0),
    'ioprio_get': (252, 1, 'P'),
}
SIGNALS = ('kill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo')


def test_no_call_reaches_another_process(zygote):
    code = CALLER + f"""
own, other = os.getpid(), {os.getpid()}
for name, (number, *args) in {PID_CALLS!r}.items():
    print(name, *[call(number, *[pid if a == 'P' else a for a in args]) for pid in (own, 0, other, -1)])
"""
    ran = zygote.run(code)
    assert ran.code == 0, ran
    for line in ran.stdout.decode().splitlines():
        name, own, zero, other, negative = line.split()
        assert (other, negative) == ('EPERM', 'EPERM'), line
        assert own != 'EPERM', line
        assert (zero == 'EPERM') == (name in SIGNALS), line


@pytest.mark.parametrize('args', [(141, 1, 0, 19), (141, 2, 0, 19), (251, 3, 0, 0)])
def test_priority_of_groups_and_users(zygote, args):
    assert zygote.run(CALLER + f'print(call(*{args}))').stdout == b'EPERM\n'


def test_python_says_what_was_refused(zygote):
    code = """
import os, socket, subprocess
for f in (os.fork, lambda: socket.socket(), lambda: subprocess.run(['true']), lambda: os.kill(1, 0),
          lambda: os.execv('/bin/true', ['true']), lambda: os.system('true')):
    try: print(f())
    except OSError as e: print(type(e).__name__)
a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))
"""
    words = zygote.run(code).stdout.split()
    assert words[:5] == [b'PermissionError'] * 5
    assert words[5] != b'0'
    assert words[6] == b"b'x'"


def test_foreign_architecture_is_told_for_the_program_to_be_killed(zygote):
    """int 0x80 is a call of i386, where 20 is getpid."""
    code = """
import ctypes, mmap
m = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
m.write(bytes.fromhex('b814000000cd80c3'))
address = ctypes.addressof(ctypes.c_char.from_buffer(m))
print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())
"""
    assert zygote.run(code).code == -signal.SIGKILL


def test_x32_is_told_for_the_program_to_be_killed(zygote):
    assert zygote.run(CALLER + 'call(0x40000000 + 39)').code == -signal.SIGKILL


def test_threads_are_allowed(zygote):
    code = "import threading\nfor i in range(8): t = threading.Thread(target=print, args=(i,)); t.start(); t.join()"
    assert zygote.run(code).stdout.split() == [b'%d' % i for i in range(8)]


def test_own_signals_are_allowed(zygote):
    code = ("import os, signal, threading\nsignal.signal(signal.SIGUSR1, lambda *a: print('got'))\n"
            "os.kill(os.getpid(), signal.SIGUSR1)\nsignal.raise_signal(signal.SIGUSR1)\n"
            "signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)")
    assert zygote.run(code).stdout == b'got\n' * 3


CHANGE = """
import os, shutil
open('f', 'w').close(); os.chmod('f', 0o640); os.utime('f', (1, 2)); os.chown('f', os.getuid(), os.getgid())
shutil.copy2('f', 'g'); s = os.stat('g'); print(oct(s.st_mode & 0o777), int(s.st_mtime))
try: os.setxattr('f', 'user.x', b'y'); print('set')
except OSError as e: print(e.errno == 95)
"""


def test_modes_and_times_of_own_files(zygote):
    """Interpreters with a user of their own may change them; nothing else belongs to it."""
    assert zygote.run(CHANGE).stdout == b'0o640 2\nTrue\n'


@pytest.mark.skipif(not harness.UID, reason='needs root, to be nobody')
def test_modes_and_times_do_nothing_where_the_user_is_shared():
    with harness.Zygote(unprivileged=True) as zygote:
        mode, changed, attribute = zygote.run(CHANGE).stdout.split()
        assert (mode, attribute) == (b'0o644', b'True') and changed != b'2'

"""The system calls that the fence and the benches need and Python 3.11 lacks. All raise OSError."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x20000, 0x2000000, 0x4000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x8000000, 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
_MOUNT_ATTR_RDONLY = 1
_SYS_MOUNT_SETATTR = 442  # the same number everywhere
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 24, 38
_CAPABILITIES = 64  # more than there are
_CAPABILITY_VERSION_3 = 0x20080522

_SIOCSIFADDR, _SIOCSIFFLAGS, _SIOCGIFFLAGS, _IFF_UP = 0x8916, 0x8914, 0x8913, 1

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def unshare(flags: int) -> None:
    """unshare(2)."""
    _check(_libc.unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """setns(2): the calling thread enters the namespace that is open as `descriptor`."""
    _check(_libc.setns(descriptor, kind), "setns")


def enter(path: str, kind: int) -> None:
    """setns(2) into the namespace that a file of /proc/PID/ns stands for."""
    with open(path) as file:
        setns(file.fileno(), kind)


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """mount(2)."""
    _check(_libc.mount(source.encode(), target.encode(), kind.encode() or None, ctypes.c_ulong(flags),
                       data.encode() or None), f"mount {target}")


def make_read_only(path: str) -> None:
    """Everything that is mounted at `path` and below becomes read-only (Linux 5.12)."""
    _set_attributes(path, _AT_RECURSIVE, _MOUNT_ATTR_RDONLY, 0)


def make_writable(path: str) -> None:
    """What is mounted at `path` itself is no longer read-only."""
    _set_attributes(path, 0, 0, _MOUNT_ATTR_RDONLY)


def _set_attributes(path: str, how: int, added: int, removed: int) -> None:
    attributes = struct.pack("QQQQ", added, removed, 0, 0)
    _check(_libc.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, path.encode(), how, attributes,
                         ctypes.c_size_t(len(attributes))), f"mount_setattr {path}")


def die_with_parent(signal_number: int, parent: int) -> None:
    """This process gets the signal when its parent, which was `parent`, is gone; at once if it is already."""
    _check(_libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0), "prctl PDEATHSIG")
    if os.getppid() != parent:
        os.kill(os.getpid(), signal_number)


def no_new_privileges() -> None:
    """prctl(PR_SET_NO_NEW_PRIVS)."""
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl NO_NEW_PRIVS")


def drop_bounding_set() -> None:
    """No capability can be gained by exec any more. Does nothing without CAP_SETPCAP."""
    for capability in range(_CAPABILITIES):
        _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def drop_capabilities() -> None:
    """capset(2) with nothing; ambient capabilities go with the permitted ones."""
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, bytes(24)), "capset")


def set_up_loopback(*aliases: str) -> None:
    """Brings lo up, with further IPv4 addresses on it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
        for index, address in enumerate(aliases):
            sockaddr = struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))
            fcntl.ioctl(control, _SIOCSIFADDR, struct.pack("16s16s", b"lo:%d" % index, sockaddr))

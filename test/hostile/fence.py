#!/usr/bin/env python3
"""The outer fence: runs a command, and all that it starts, where it can harm nothing.

    fence.py [--mode best|t0|t0-abi1] [--memory-mb N] [--pids N] COMMAND…

The command has its own pid, ipc, uts, mount, network and cgroup namespaces; everything that is mounted is read-only but
for new tmpfs (/tmp, /var/tmp, /run, /dev/shm), homes are hidden; memory and processes are limited by cgroups. What of
the caller's it may see: the folders named by --bind. The network is a loopback with a few more addresses.

    best      as root, in a user namespace whose root is nobody outside: it can have whatever tier a root's server can
    t0        as an unprivileged uid without capabilities, no_new_privs, a container runtime's default seccomp profile
    t0-abi1   the same; whoever starts servers in it is to set PLAYGROUND_LANDLOCK_ABI_MAX=1

Who is who: the *front* waits and passes signals on; the *keeper* makes the cgroups and removes them; the *init* is pid 1
inside and sets everything up; the *command*. The fence falls when any of them dies, the front by SIGKILL included.
In the command's environment: FENCE_MODE, FENCE_LIMITS (which cgroups were to be had), FENCE_CANARY (planted as a service
account's token and in /tmp/canary). The exit code is the command's; 77: no fence is to be had here.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import select
import signal
import sys
import traceback
from pathlib import Path

import kernel
import runtime_default
from cgroups import Cgroups

MODES = ("best", "t0", "t0-abi1")
NOT_TO_BE_HAD = 77
POD_UID = 10001
# The user namespace of mode best: its root is this uid outside.
FIRST_UID, UIDS = 0x40000000, 0x10000

ALIASES = ("169.254.169.254", "10.96.0.1")  # cloud metadata, a cluster's API
TOKEN = "/run/secrets/kubernetes.io/serviceaccount/token"
EMPTY = ("/tmp", "/var/tmp", "/run", "/mnt", "/home", "/root", "/media", "/srv")
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
FALLBACK_PROCESSES = 512


def main() -> int:
    parser = parser_of("Run a command behind a fence.")
    parser.add_argument("--mode", choices=MODES, default="best")
    return front(parsed(parser))


def parser_of(description: str) -> argparse.ArgumentParser:
    """The arguments that every fence takes: limits, folders, the command."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--memory-mb", type=int, default=2048)
    parser.add_argument("--pids", type=int, default=512)
    parser.add_argument("--bind", action="append", default=[], metavar="FOLDER=NAME", help="FOLDER becomes /mnt/NAME")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    return parser


def parsed(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments of this process. Ends it with a message if they are wrong."""
    options = parser.parse_args()
    options.command = options.command[options.command[:1] == ["--"]:]
    if not options.command:
        parser.error("no command")
    return options


def front(options: argparse.Namespace) -> int:
    """Starts the keeper and waits. When a signal comes, or this process dies, the pipe's end tells the keeper."""
    kernel.die_with_parent(signal.SIGTERM, os.getppid())
    alive, hold = os.pipe()
    keeper = os.fork()
    if keeper == 0:
        os.close(hold)
        _child(lambda: keep(options, alive))
    os.close(alive)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: os.closerange(hold, hold + 1))
    _, status = os.waitpid(keeper, 0)
    return os.waitstatus_to_exitcode(status) % 256


def keep(options: argparse.Namespace, front_alive: int) -> int:
    """The keeper: cgroups, the pid namespace, and an end of it all when the front is gone."""
    os.setsid()
    unprivileged = os.geteuid() != 0
    groups = Cgroups(os.getpid(), options.memory_mb << 20, options.pids)
    try:
        if unprivileged:
            _own_user_namespace()
        kernel.unshare(kernel.CLONE_NEWPID)
    except OSError as error:
        groups.remove()
        print(f"fence: not to be had: {error}", file=sys.stderr)
        return NOT_TO_BE_HAD
    keeper = os.getpid()
    init = os.fork()
    if init == 0:
        os.close(front_alive)
        _child(lambda: be_init(options, groups, keeper, unprivileged))
    pidfd = os.pidfd_open(init)
    ready, _, _ = select.select([front_alive, pidfd], [], [])
    if pidfd not in ready:
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    _, status = os.waitpid(init, 0)  # returns once the whole pid namespace is gone
    groups.remove()
    return os.waitstatus_to_exitcode(status) % 256


def _own_user_namespace() -> None:
    """For a caller who isn't root: the same uid, but with the capabilities to set the fence up."""
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def be_init(options: argparse.Namespace, groups: Cgroups, keeper: int, unprivileged: bool) -> int:
    """This is pid 1 inside: sets up, starts the command, reaps, and takes everyone with it when it ends."""
    # The keeper is outside of the pid namespace, so the parent's pid reads as 0.
    kernel.die_with_parent(signal.SIGKILL, 0)
    canary = secrets.token_hex(16)
    try:
        groups.enter()
        if options.mode == "best" and not unprivileged:
            groups.give_to(FIRST_UID)
        kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWNET |
                       kernel.CLONE_NEWCGROUP)
        kernel.set_up_loopback(*ALIASES)
        build_root(options, groups, canary)
    except OSError as error:
        print(f"fence: not to be had: {error}", file=sys.stderr)
        return NOT_TO_BE_HAD
    environment = dict(os.environ) | {"FENCE_MODE": options.mode, "FENCE_LIMITS": " ".join(sorted(groups.limited)),
                                      "FENCE_CANARY": canary, "HOME": "/tmp", "TMPDIR": "/tmp"}
    command_waits, go = os.pipe()
    told, unshared = os.pipe()
    command = os.fork()
    if command == 0:
        os.close(go)
        _child(lambda: run(options, unprivileged, environment, unshared, command_waits))
    os.close(unshared)
    if os.read(told, 1):  # the command has made its user namespace
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{command}/{name}").write_text(f"0 {FIRST_UID} {UIDS}")
    os.close(go)
    while True:
        pid, status = os.wait()
        if pid == command:
            return os.waitstatus_to_exitcode(status) % 256


def build_root(options: argparse.Namespace, groups: Cgroups, canary: str) -> None:
    """The mount namespace's content."""
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    # The tmpfs of /dev covers the devices, those of EMPTY may cover the folders to bind: hold them by descriptors.
    held = {f"/mnt/{name}": os.open(folder, os.O_PATH) for folder, name in (b.rsplit("=", 1) for b in options.bind)}
    devices = {f"/dev/{name}": os.open(f"/dev/{name}", os.O_PATH) for name in DEVICES}
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    for folder in EMPTY:
        if os.path.isdir(folder) and not os.path.islink(folder):
            kernel.mount("tmpfs", folder, "tmpfs", safe, "mode=1777,size=64m")
    kernel.mount("tmpfs", "/dev", "tmpfs", kernel.MS_NOSUID, "mode=755,size=64k")
    for target, source in devices.items():
        Path(target).touch()
        kernel.mount(f"/proc/self/fd/{source}", target, "", kernel.MS_BIND)
    for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        os.symlink(target, f"/dev/{name}")
    for target, source in held.items():
        os.mkdir(target)
        kernel.mount(f"/proc/self/fd/{source}", target, "", kernel.MS_BIND | kernel.MS_REC)
    for fd in (*held.values(), *devices.values()):
        os.close(fd)
    plant(canary)
    os.mkdir("/dev/shm")
    for hierarchy in groups.hierarchies:
        kernel.mount(str(groups.inside(hierarchy)), str(hierarchy.mountpoint), "", kernel.MS_BIND)
    kernel.make_read_only("/")
    for hierarchy in groups.hierarchies if options.mode == "best" else ():
        kernel.make_writable(str(hierarchy.mountpoint))
    for folder in ("/tmp", "/var/tmp"):
        kernel.mount("tmpfs", folder, "tmpfs", safe, "mode=1777,size=64m")
    kernel.mount("tmpfs", "/dev/shm", "tmpfs", safe, "mode=1777,size=512m")
    Path("/tmp/canary").write_text(canary)
    kernel.mount("proc", "/proc", "proc", safe | kernel.MS_NOEXEC)
    if os.geteuid() == 0:
        Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").write_text("0")


def plant(canary: str) -> None:
    """A token as a pod has it, for anyone to read who gets there."""
    os.makedirs(os.path.dirname(TOKEN))
    Path(TOKEN).write_text(canary)


def run(options: argparse.Namespace, unprivileged: bool, environment: dict[str, str], unshared: int, go: int) -> int:
    """The command's process: becomes who the mode asks for, then the command itself."""
    os.setsid()
    os.dup2(os.open("/dev/null", os.O_RDWR), 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if "pids" not in environment["FENCE_LIMITS"]:
        resource.setrlimit(resource.RLIMIT_NPROC, (FALLBACK_PROCESSES, FALLBACK_PROCESSES))
    if options.mode == "best" and not unprivileged:
        kernel.unshare(kernel.CLONE_NEWUSER)
        os.write(unshared, b"1")
    os.close(unshared)
    os.read(go, 1)
    if options.mode == "best":
        if not unprivileged:
            become(0)
    else:
        kernel.drop_bounding_set()
        if not unprivileged:
            become(POD_UID)
        kernel.drop_capabilities()
        kernel.no_new_privileges()
        runtime_default.load()
    os.umask(0o022)
    os.chdir("/tmp")
    os.execvpe(options.command[0], options.command, environment)


def become(uid: int) -> None:
    """Changes all ids."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _child(body) -> None:
    """Runs a forked process's part and ends it, whatever happens."""
    code = 70
    try:
        code = body()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())

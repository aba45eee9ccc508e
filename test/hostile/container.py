#!/usr/bin/env python3
"""The fence as a container of the built image: runs a command in it as a restricted pod would run, where it can harm nothing.

    container.py --image IMAGE [--memory-mb N] [--pids N] [--bind FOLDER=NAME] -- COMMAND…

Read-only root, the image's own user, no capability, no_new_privs, the profile of runtime_default.py, no network but a
loopback with fence.py's addresses, limits of memory and processes; /tmp, /var/tmp and /dev/shm are new and writable, folders
named by --bind are below /mnt. The command's environment is as fence.py says. podman or docker (tools/container); for root.
The exit code is the command's; 77: no such container is to be had here.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import kernel
import runtime_default
from fence import ALIASES, NOT_TO_BE_HAD, TOKEN, parsed, parser_of

RUNTIME = Path(__file__).resolve().parents[2] / "tools" / "container"
TMPFS = "mode=1777,nosuid,nodev"


def main() -> int:
    parser = parser_of("Run a command in a container of an image.")
    parser.add_argument("--image", required=True)
    options = parsed(parser)
    if os.geteuid() != 0:
        print("container: not to be had: needs root", file=sys.stderr)
        return NOT_TO_BE_HAD
    with tempfile.TemporaryDirectory() as folder:
        return run(options, Path(folder))


def run(options: argparse.Namespace, folder: Path) -> int:
    """The container's whole life. `folder` holds what is mounted into it."""
    canary, name = secrets.token_hex(16), f"pg-siege-{os.getpid()}"
    folder.chmod(0o755)
    (folder / "token").write_text(canary)
    (folder / "profile.json").write_text(json.dumps(runtime_default.as_json()))
    created = subprocess.run([RUNTIME, "create", f"--name={name}", *limits(options), *mounts(options, folder),
                              *environment(canary), f"--entrypoint={options.command[0]}", options.image, *options.command[1:]], stdout=subprocess.DEVNULL)
    if created.returncode != 0:
        return NOT_TO_BE_HAD
    try:
        subprocess.run([RUNTIME, "init", name], check=True, stdout=subprocess.DEVNULL)
        prepare(int(inspected(name, "{{.State.Pid}}")), canary)
        subprocess.run([RUNTIME, "start", "--attach", name])
        return int(inspected(name, "{{.State.ExitCode}}"))
    finally:
        subprocess.run([RUNTIME, "rm", "--force", "--time=0", name], stdout=subprocess.DEVNULL)


def limits(options: argparse.Namespace) -> list[str]:
    """What the container may not do. --init: somebody has to reap orphans, and no test is to be pid 1. --cpu-shares: as a
    group of its own it would have, on a busy machine, no more of the cores than one process outside of it."""
    return ["--init", "--network=none", "--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL",
            "--security-opt=no-new-privileges", f"--memory={options.memory_mb}m", f"--pids-limit={options.pids}",
            "--cpu-shares=16384", "--sysctl=net.ipv4.ip_unprivileged_port_start=0"]


def mounts(options: argparse.Namespace, folder: Path) -> list[str]:
    """What is in it besides the image."""
    bound = (entry.rsplit("=", 1) for entry in options.bind)
    return [f"--security-opt=seccomp={folder}/profile.json", "--shm-size=512m", f"--tmpfs=/tmp:size=64m,{TMPFS}",
            f"--tmpfs=/var/tmp:size=64m,{TMPFS}", f"--volume={folder}/token:{TOKEN}:ro",
            *(f"--volume={source}:/mnt/{name}:ro" for source, name in bound)]


def environment(canary: str) -> list[str]:
    return [f"--env={name}={value}" for name, value in {
        "FENCE_MODE": "t0", "FENCE_LIMITS": "memory pids", "FENCE_CANARY": canary, "HOME": "/tmp", "TMPDIR": "/tmp",
        "PLAYGROUND_BINARY": "/usr/bin/playground"}.items()]


def inspected(name: str, what: str) -> str:
    return subprocess.run([RUNTIME, "container", "inspect", "--format", what, name], check=True, capture_output=True,
                          text=True).stdout.strip()


def prepare(pid: int, canary: str) -> None:
    """What only root can do for a container that was made and not started: addresses and the canary in /tmp."""
    Path(f"/proc/{pid}/root/tmp/canary").write_text(canary)
    child = os.fork()
    if child == 0:
        try:
            kernel.enter(f"/proc/{pid}/ns/net", kernel.CLONE_NEWNET)
            kernel.set_up_loopback(*ALIASES)
            os._exit(0)
        finally:
            os._exit(70)
    if os.waitpid(child, 0)[1] != 0:
        raise OSError("the loopback's addresses can't be set up")


if __name__ == "__main__":
    sys.exit(main())

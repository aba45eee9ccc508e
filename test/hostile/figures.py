"""What is counted of the server and its surroundings before and after an attack, and how much may differ."""

from __future__ import annotations

import os
import re
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path

from support import processes
from support.client import get
from support.playground import Playground, poll

SETTLE_SECONDS = 30.0  # a guard against waiting for ever; nothing is measured with it

# The allocator and the JSON parser keep what the largest requests and the busiest moment took: 16 connections, each with
# a reply of two full streams of OUTPUT_KB, of which every byte may be six in JSON (48 MB at most, if all were written at
# once). Both are part of the warm-up, in which requests meet in another order than later: a third of it is allowed.
MEMORY_KB = 16 * 1024

# Health checks open connections that nobody counts: of some samples, the least is what stays.
SAMPLES = 20


@dataclass(frozen=True)
class Figures:
    """`memory_kb` has a tolerance, `descriptors` may become fewer; all others must be equal once the server is idle."""

    pid: int
    memory_kb: int
    descriptors: int
    children: int
    scratch: int
    zygote: int
    surroundings: dict = field(default_factory=dict)

    def differences(self, before: Figures) -> list[str]:
        """What is not as it was."""
        found = [f"{name}: {getattr(before, name)} before, {getattr(self, name)} after"
                 for name in ("pid", "children", "scratch", "zygote") if getattr(before, name) != getattr(self, name)]
        if self.descriptors > before.descriptors:
            found.append(f"descriptors: {before.descriptors} before, {self.descriptors} after")
        found += [f"{name}: {before.surroundings[name]} before, {value} after"
                  for name, value in self.surroundings.items() if before.surroundings[name] != value]
        if self.memory_kb > before.memory_kb + MEMORY_KB:
            found.append(f"memory: {before.memory_kb} KB before, {self.memory_kb} KB after, {MEMORY_KB} KB allowed")
        return found


def take(server: Playground, scratch: Path, pool_size: int) -> Figures:
    """The figures of an idle server. Raises AssertionError when it doesn't become idle."""
    idle = poll(lambda: _idle(server, scratch, pool_size), SETTLE_SECONDS)
    assert idle, f"not idle: {_state(server)}, {_scratch_entries(scratch)} scratch folders, {server.children()}"
    return Figures(server.pid, _memory_kb(server), min(_descriptors(server) for _ in range(SAMPLES)), len(server.children()),
                   _scratch_entries(scratch), _state(server)["zygote"]["pid"], surroundings())


def settled(server: Playground, scratch: Path, pool_size: int, before: Figures) -> list[str]:
    """What still differs from `before` once the server is idle; what only takes a while to go is waited for."""
    found: list[str] = []

    def same() -> bool:
        try:
            found[:] = take(server, scratch, pool_size).differences(before)
        except AssertionError as error:
            found[:] = [str(error)]
        return not found

    poll(same, SETTLE_SECONDS)
    return found


def renew_zygote(server: Playground, pool_size: int) -> None:
    """Returns once all ready interpreters are of another zygote. Raises AssertionError."""
    def renewed() -> bool:
        return _state(server)["zygote"]["generation"] > before and _is_full(server, pool_size)

    before = _state(server)["zygote"]["generation"]
    server.send_signal(signal.SIGHUP)
    assert poll(renewed, SETTLE_SECONDS), f"not renewed: {_state(server)}"


def surroundings() -> dict:
    """What one evaluation could leave for the next, outside of the server."""
    unix = Path("/proc/net/unix").read_text().split("\n")
    return {
        "/dev/shm": sorted(os.listdir("/dev/shm")), "/tmp": sorted(os.listdir("/tmp")),
        "/var/tmp": sorted(os.listdir("/var/tmp")),
        "SysV IPC": {name: Path(f"/proc/sysvipc/{name}").read_text().count("\n") for name in ("shm", "sem", "msg")},
        "abstract sockets": sorted(line.split()[-1] for line in unix if " @" in line),
        "host name": socket.gethostname(),
        "core pattern": Path("/proc/sys/kernel/core_pattern").read_text(),
        "clock": Path("/proc/sys/kernel/random/boot_id").read_text(),
        "canary": Path("/tmp/canary").stat().st_mtime_ns,
    }


def _state(server: Playground) -> dict:
    return get(server.admin, "/debug/state").json()["backend"]


def _idle(server: Playground, scratch: Path, pool_size: int) -> bool:
    # Deleting used folders is the work of a thread that nobody waits for; a ready worker has one.
    return _is_full(server, pool_size) and len(server.children()) <= pool_size + 2 and _scratch_settled(scratch, pool_size)


def _is_full(server: Playground, pool_size: int) -> bool:
    pool = _state(server)["pool"]
    return (pool["ready"], pool["warming"], pool["running"], pool["queued"]) == (pool_size, 0, 0, 0)


def _scratch_settled(scratch: Path, pool_size: int) -> bool:
    return _scratch_entries(scratch) <= pool_size


def _scratch_entries(scratch: Path) -> int:
    """Working directories below a server's PLAYGROUND_SCRATCH_DIR."""
    count = 0
    for root in scratch.iterdir():
        if root.is_dir():
            try:
                count += len(os.listdir(root))
            except PermissionError:  # nobody may list it; each folder in it is a link to it
                count += root.stat().st_nlink - 2
    return count


def _memory_kb(server: Playground) -> int:
    """The server's share of memory; where it is closed to others, what is resident."""
    for file, name in (("smaps_rollup", "Pss"), ("status", "VmRSS")):
        try:
            text = Path(f"/proc/{server.pid}/{file}").read_text()
        except PermissionError:
            continue
        return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)[1])
    raise AssertionError("no figure of memory")


def _descriptors(server: Playground) -> int:
    """Open descriptors without those of connections, by the kernel, or where that is closed to others by the metric.

    Connections that are kept alive come and go: clients' of either role, and those from the ui to its backend.
    """
    state = get(server.admin, "/debug/state").json()
    ui = state["ui"]
    connections = state["backend"]["connections"] + ui["connections"] + sum(b["idle"] + b["active"] for b in ui["backends"])
    try:
        return len(os.listdir(f"/proc/{server.pid}/fd")) - connections
    except PermissionError:
        text = get(server.admin, "/metrics").text()
        return int(float(re.search(r"^\w*open_fds\S* (\S+)", text, re.MULTILINE)[1])) - connections


def alive(server: Playground) -> bool:
    """Whether the server's process is still there."""
    return processes.read(server.pid) is not None

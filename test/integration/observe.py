"""What can be seen of a running server from outside: its own /debug/state, and what the kernel says."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import exposition
from raw_http import RawConnection
from support import processes
from support.client import get
from support.playground import Playground, poll

PID_ONE = "playground-init"
SANITIZED = os.environ.get("PLAYGROUND_SANITIZED") == "1"  # a sanitizer keeps what was freed

GROWTH_KB = 4096  # of a ui that passes a reply on which is many times as large

SETTLE_SECONDS = 20.0  # a guard against waiting for ever; no test measures with it


def state(server: Playground) -> dict:
    """GET /debug/state."""
    assert server.admin is not None
    return get(server.admin, "/debug/state").json()


def metrics(server: Playground) -> dict[str, exposition.Family]:
    """GET /metrics, by name."""
    assert server.admin is not None
    return exposition.parse(get(server.admin, "/metrics").text())


def pool(server: Playground) -> dict:
    """The counts of the pool: ready, warming, running, queued …"""
    return state(server)["backend"]["pool"]


def zygote(server: Playground) -> dict:
    """The zygote: pid (0 while there is none), generation, starts …"""
    return state(server)["backend"]["zygote"]


def wait_running(server: Playground, count: int) -> None:
    """Returns once exactly `count` programs run. Raises AssertionError."""
    assert poll(lambda: pool(server)["running"] == count, SETTLE_SECONDS), pool(server)


def is_idle(server: Playground, size: int) -> bool:
    """Whether nothing runs, and exactly `size` workers are ready beside one zygote."""
    now = pool(server)
    idle = (now["ready"], now["warming"], now["running"], now["queued"]) == (size, 0, 0, 0)
    return idle and len(interpreters(server)) == size + 1


def tier(server: Playground) -> str:
    """The sandbox's tier: "none", "T0", "T1"."""
    return state(server)["backend"]["sandbox"]["tier"]


def first_processes(server: Playground) -> list[processes.Process]:
    """Those that hold pid namespaces open, one for each zygote of tier T1."""
    return [process for process in server.children() if process.name == PID_ONE]


def interpreters(server: Playground) -> list[processes.Process]:
    """Zygotes and workers."""
    return [process for process in server.children() if process.name != PID_ONE]


def wait_idle(server: Playground, size: int) -> None:
    """Returns once `is_idle`. Raises AssertionError."""
    assert poll(lambda: is_idle(server, size), SETTLE_SECONDS), (pool(server), server.children())


def workers(server: Playground) -> list[processes.Process]:
    """The interpreters that are ready or run. Each lives in the session that its zygote leads."""
    return [process for process in interpreters(server)
            if process.session != server.pid and process.pid != process.session]


def descriptors(server: Playground) -> dict[str, str]:
    """The server's open descriptors, by number, with what they are."""
    folder = Path(f"/proc/{server.pid}/fd")
    found = {}
    for name in os.listdir(folder):
        try:
            found[name] = os.readlink(folder / name)
        except FileNotFoundError:  # closed meanwhile
            pass
    return found


def resident_kb(server: Playground) -> int:
    """The server's resident memory, without that of its workers."""
    for line in Path(f"/proc/{server.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def zombies(server: Playground) -> list[int]:
    """The server's children that have ended and were not waited for."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            tail = Path(f"/proc/{entry}/stat").read_text(errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if tail[0] == "Z" and int(tail[1]) == server.pid:
            found.append(int(entry))
    return found


def settled_scratch(server: Playground, size: int) -> int:
    """What scratch_entries() is when the pool is idle: a mount point, and a folder for each worker if that isn't used."""
    return 1 if tier(server) == "T1" else 1 + size


def scratch_entries(directory: Path) -> int:
    """How many folders there are below a server's PLAYGROUND_SCRATCH_DIR."""
    [root] = [path for path in directory.iterdir() if path.is_dir()]
    try:
        return len(os.listdir(root))
    except PermissionError:  # nobody but root may list it; each folder in it is a link to it
        return root.stat().st_nlink - 2


def assert_held_back(ui: Playground, client: RawConnection, request: bytes, stalled: threading.Event, size: int) -> None:
    """That a backend which has `size` bytes to send (fake_backend.offers) waits for a client that does not read, that the
    client gets all of them in the end, and that the ui holds little of them at any time."""
    before = resident_kb(ui)
    client.send(request)
    assert client.read_head().status == 200
    assert stalled.wait(SETTLE_SECONDS)
    waiting_kb = resident_kb(ui) - before
    assert len(client.read_chunked()) == size
    grown_kb = resident_kb(ui) - before
    if not SANITIZED:
        assert max(waiting_kb, grown_kb) < GROWTH_KB, (waiting_kb, grown_kb)

"""What the kernel says about a server's processes: who belongs to it, and who is still alive.

A pid alone is no identity, for pids are used again; a pid with its start time is.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process. `start` is its start time in clock ticks since boot (proc(5), stat, field 22)."""

    pid: int
    start: int
    parent: int
    group: int
    session: int
    name: str

    def same(self, other: Process | None) -> bool:
        """Whether both are the same process, whatever became of its parent and name."""
        return other is not None and (self.pid, self.start) == (other.pid, other.start)


def read(pid: int) -> Process | None:
    """The process `pid`; None when there is none, or only a zombie that its parent has yet to reap."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in parentheses and may itself hold spaces and parentheses.
    head, _, tail = stat.rpartition(")")
    fields = tail.split()
    if fields[0] in ("Z", "X"):
        return None
    return Process(pid, int(fields[19]), int(fields[1]), int(fields[2]), int(fields[3]),
                   head.partition("(")[2])


def everyone() -> list[Process]:
    """All processes that are alive."""
    found = (read(int(entry)) for entry in os.listdir("/proc") if entry.isdigit())
    return [process for process in found if process is not None]


def family(leader: int) -> list[Process]:
    """`leader`, its descendants, and whoever is in the session or group that it leads.

    Descent finds those who made a session of their own; the session finds those whose parent died.
    """
    alive = everyone()
    members = {p.pid for p in alive if leader in (p.pid, p.session, p.group)}
    grown = True
    while grown:
        children = {p.pid for p in alive if p.parent in members} - members
        members |= children
        grown = bool(children)
    return [p for p in alive if p.pid in members]


def survivors(processes: list[Process]) -> list[Process]:
    """Those of `processes` that are still alive."""
    return [process for process in processes if process.same(read(process.pid))]


def kill(processes: list[Process]) -> None:
    """SIGKILL to each of `processes` that is still alive."""
    for process in survivors(processes):
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

"""What an evaluation costs a server in CPU time, from the kernel's accounts in /proc.

    before = snapshot(pid)
    …load…
    costs = spent(before, snapshot(pid), part_of)

A process that is there both times is a part of the server and counts under the name that `part_of`
gives it. All others came or went between the two: they ran programs and count as PROGRAMS. Those that
have ended are found in what their parent has reaped (proc(5): cutime, cstime).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support import processes

PROGRAMS = "programs"
SERVER = "server"
ZYGOTE = "zygote"

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Account:
    """CPU time of one process in clock ticks: its own, and that of the children it has reaped."""

    process: processes.Process
    own: int
    reaped: int


# By pid and start time, which together are a process's identity.
Snapshot = dict[tuple[int, int], Account]


def snapshot(leader: int) -> Snapshot:
    """The accounts of `leader` and of all that belongs to it now."""
    accounts = (_account(process) for process in processes.family(leader))
    return {(a.process.pid, a.process.start): a for a in accounts if a is not None}


def spent(before: Snapshot, after: Snapshot,
          part_of: Callable[[processes.Process], str]) -> dict[str, float]:
    """CPU seconds between two snapshots, by part of the server.

    part_of: the name of a process that was there both times. A child's time passes from its own
    account to its parent's when it is reaped; what it had used `before` is taken off again.
    """
    ticks = {PROGRAMS: 0}
    for key, account in after.items():
        if key in before:
            name = part_of(account.process)
            ticks[name] = ticks.get(name, 0) + account.own - before[key].own
            ticks[PROGRAMS] += account.reaped - before[key].reaped
        else:
            ticks[PROGRAMS] += account.own + account.reaped
    for key, account in before.items():
        if key not in after:
            ticks[PROGRAMS] -= account.own + account.reaped
    return {name: count / TICKS_PER_SECOND for name, count in ticks.items()}


def playground_parts(server: int, family: list[processes.Process]) -> Callable[[processes.Process], str]:
    """Names for a Playground: the server, and the zygote, which is the oldest of its children.

    An interpreter that waited in the pool all the while counts as one that ran a program.
    """
    children = [process for process in family if process.pid != server]
    zygote = min(children, key=lambda process: (process.start, process.pid)) if children else None

    def part_of(process: processes.Process) -> str:
        if process.pid == server:
            return SERVER
        return ZYGOTE if process.same(zygote) else PROGRAMS

    return part_of


def _account(process: processes.Process) -> Account | None:
    """None when it has gone meanwhile."""
    try:
        stat = Path(f"/proc/{process.pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # Behind the name in parentheses: fields 14 to 17 are utime, stime, cutime and cstime.
    fields = stat.rpartition(")")[2].split()
    user, system, reaped_user, reaped_system = (int(field) for field in fields[11:15])
    return Account(process, user + system, reaped_user + reaped_system)

"""Memory of a server's processes, as /proc/PID/smaps_rollup has it, in MB."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from support import processes

KB_PER_MB = 1024


@dataclass(frozen=True)
class Memory:
    """What each part takes. `worker`: what a ready one has of its own, which is what one more would add; `worker_pss`: with
    its share of what it has in common with the others and the zygote."""

    server: float
    zygote: float
    worker: float
    worker_pss: float
    workers: int


def of(pid: int) -> Memory:
    """An idle backend's. The zygote is the oldest child; its share of what the workers have in common counts as its own."""
    family = processes.family(pid)
    children = sorted((one for one in family if one.pid != pid), key=lambda one: (one.start, one.pid))
    zygote, *others = children
    workers = [read(one.pid) for one in others if one.name == zygote.name]
    own = [one["Private_Clean"] + one["Private_Dirty"] for one in workers]
    at_zygote = read(zygote.pid)
    return Memory(server=read(pid)["Pss"], zygote=at_zygote["Rss"] - at_zygote.get("Shared_Clean", 0.0),
                  worker=statistics.median(own or [0.0]),
                  worker_pss=statistics.median([one["Pss"] for one in workers] or [0.0]), workers=len(own))


def read(pid: int) -> dict[str, float]:
    """The fields of one process, in MB. Raises OSError when it has gone."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        fields[name.rstrip(":")] = int(value) / KB_PER_MB
    return fields

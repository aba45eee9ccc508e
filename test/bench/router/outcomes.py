"""What became of each request, and what that says about a fault: counts, percentiles, shares."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass

OK = "ok"


@dataclass(frozen=True)
class Record:
    """One request as its sender saw it. Times are of CLOCK_MONOTONIC, in seconds.

    `due` is when it should have been sent: waiting for a free connection counts as latency. `kind` is "ok",
    "status 502", "program timeout" (or another end than ok), "wrong output", "bad reply", "broken" (the
    connection), "no reply" (in the client's own time). `long` marks a program that sleeps.
    `detail` is a failure's reply, cut.
    """

    due: float
    ended: float
    kind: str
    backend: str
    long: bool = False
    detail: str = ""

    @property
    def seconds(self) -> float:
        return self.ended - self.due

    def as_row(self) -> tuple:
        return astuple(self)


@dataclass(frozen=True)
class Phase:
    """The requests of one stretch of time. Latencies are of short programs, failed ones too."""

    requests: int
    failures: dict[str, int]  # by kind
    p50_ms: float | None
    p99_ms: float | None
    max_ms: float | None


def phases(records: Sequence[Record], broken: float, mended: float) -> dict[str, Phase]:
    """All of them, and apart those from before a fault, during it and after it.

    What was under way when it began met it: only what had ended by then is from before.
    """
    def group(record: Record) -> str:
        if record.ended <= broken:
            return "before"
        return "during" if record.due < mended else "after"

    return {"all": phase(records)} | {name: phase(record for record in records if group(record) == name)
                                      for name in ("before", "during", "after")}


def phase(records: Iterable[Record]) -> Phase:
    """What these requests add up to."""
    chosen = list(records)
    latencies = sorted(1000 * record.seconds for record in chosen if not record.long)
    return Phase(len(chosen), dict(Counter(record.kind for record in chosen if record.kind != OK)),
                 *(percentile(latencies, share) for share in (50, 99, 100)))


def percentile(ordered: Sequence[float], percent: float) -> float | None:
    """The nearest rank: the smallest value that `percent` of all do not exceed. None of nothing."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else None


@dataclass(frozen=True)
class Judgement:
    """Failures, apart by whether a user has to bear them.

    lost: a 502 or 504 in time for a program that a dead, stopped or unreachable machine had begun; only
    faults that take a machine away have any. unexcused: every other failure.
    """

    lost: dict[str, int]
    unexcused: dict[str, int]
    first: str = ""  # what the first unexcused one looked like


def judge(records: Iterable[Record], machine_lost: bool, limit_seconds: float) -> Judgement:
    """limit_seconds: the ui's own limit for an answer, and a little more for the way."""
    lost: Counter[str] = Counter()
    unexcused: Counter[str] = Counter()
    first = ""
    for record in records:
        if record.kind == OK:
            continue
        in_time = record.ended - record.due <= limit_seconds
        if machine_lost and record.kind in ("status 502", "status 504") and in_time:
            lost[record.kind] += 1
        else:
            unexcused[record.kind if in_time else f"{record.kind}, late"] += 1
            first = first or record.detail
    return Judgement(dict(lost), dict(unexcused), first)


def shares(records: Iterable[Record]) -> dict[str, int]:
    """How many requests each backend answered well."""
    return dict(sorted(Counter(record.backend for record in records if record.kind == OK).items()))


def longest_run(names: Iterable[str]) -> int:
    """How often in a row the same name comes at most: 1 is strict alternation."""
    longest = run = 0
    last = None
    for name in names:
        run = run + 1 if name == last else 1
        last = name
        longest = max(longest, run)
    return longest


def back_after(records: Iterable[Record], backend: str, since: float) -> float | None:
    """Seconds from `since` to the first good reply of that backend; None if there is none."""
    ends = [record.ended for record in records
            if record.kind == OK and record.backend == backend and record.ended >= since]
    return min(ends) - since if ends else None


def as_json(value: Phase | Judgement) -> dict:
    return asdict(value)

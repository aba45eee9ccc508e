"""What the service promises, told from what run.py has measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matrix import BACKEND, BASELINE, BUBBLEWRAP, FLOOR, HEAVY, HEAVY_MODULES, MANY, NUMPY, POOL_SIZES, UI
from report import Cell, Report, digits, table


@dataclass(frozen=True)
class Goal:
    """One promise: `value` at most, or at least, `bound`."""

    name: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def cells(self) -> list[str]:
        sign = "≥" if self.at_least else "≤"
        return [self.name, digits(self.value), f"{sign} {self.bound:g}", "yes" if self.met else "NO"]


class NotMeasured(Exception):
    """A goal needs what this run has left out."""


class Seen:
    """What was measured, for the goals to ask."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def cell(self, key: str, program: str = "hello", count: int = 1) -> Cell:
        found = self._report.find(key, program, count)
        if found is None:
            raise NotMeasured
        return found

    def p50(self, key: str, program: str = "hello") -> float:
        return self.cell(key, program).median("p50_ms")

    def rate(self, key: str, count: int) -> float:
        return self.cell(key, count=count).median("rate")

    def cpu(self, key: str) -> float:
        return sum(self.cell(key, count=MANY).cost().values())

    def memory(self, name: str) -> float:
        memory = self._report.memory.get(BACKEND)
        if memory is None:
            raise NotMeasured
        return getattr(memory, name)


# Name, how it is computed, bound, and True where more is better.
GOALS: tuple[tuple[str, Callable[[Seen], float], float, bool], ...] = (
    ("hello, 1 connection: p50, of the floor's", lambda seen: seen.p50(BACKEND) / seen.p50(FLOOR), 0.40, False),
    ("hello, 1 connection: p99, of its p50", lambda seen: seen.cell(BACKEND).median("p99_ms") / seen.p50(BACKEND), 3, False),
    ("hello, 32 connections: rate, of the floor's on both cores",
     lambda seen: seen.rate(BACKEND, MANY) / seen.rate(FLOOR, 4), 1.0, True),
    ("times the rate of Flask + gunicorn + subprocess", lambda seen: seen.rate(BACKEND, MANY) / seen.rate(BASELINE, MANY), 18, True),
    ("its p50, of ours", lambda seen: seen.p50(BASELINE) / seen.p50(BACKEND), 40, True),
    ("p50 of bubblewrap + cold python, of ours", lambda seen: seen.p50(BUBBLEWRAP) / seen.p50(BACKEND), 10, True),
    ("numpy preloaded: p50 of a program that imports it, of hello's",
     lambda seen: seen.p50(NUMPY, "import_numpy") / seen.p50(BACKEND), 1.3, False),
    (f"hello from a zygote with {HEAVY_MODULES}: CPU of one, of a plain one's", lambda seen: seen.cpu(HEAVY) / seen.cpu(BACKEND),
     1.7, False),
    ("the ui in front: p50 more, µs", lambda seen: 1000 * (seen.p50(UI) - seen.p50(BACKEND)), 100, False),
    ("256 idle interpreters instead of 1: p50",
     lambda seen: seen.p50(f"pool-{POOL_SIZES[1]}") / seen.p50(f"pool-{POOL_SIZES[0]}"), 1.1, False),
    ("memory of one more ready interpreter, MB", lambda seen: seen.memory("worker"), 1.5, False),
    ("memory of the idle server, MB", lambda seen: seen.memory("server"), 12, False),
    ("memory of the zygote, MB", lambda seen: seen.memory("zygote"), 24, False),
)


def goals(report: Report) -> list[Goal]:
    """All of which what they need was measured."""
    found = []
    for name, compute, bound, at_least in GOALS:
        try:
            found.append(Goal(name, compute(Seen(report)), bound, at_least))
        except NotMeasured:
            pass
    return found


def as_markdown(found: list[Goal]) -> str:
    """The table; nothing for no goal."""
    return table(("goal", "measured", "wanted", "met"), (goal.cells() for goal in found), text=(0,)) if found else ""

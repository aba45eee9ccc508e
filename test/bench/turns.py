"""Measuring by turns: every cell once in each round, so that a machine that becomes slower or faster does so for everyone."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable

from report import Cell
from wrk import Measured

# One run of one cell, and CPU ms of an evaluation by part.
Run = tuple[Measured, dict[str, float]]
Ask = Callable[[], Run]


def measure(asks: list[tuple[Cell, Ask]], rounds: int) -> None:
    """Fills the cells. Neighbours with the same load take turns in another order in each round. Raises LoadError, OSError."""
    groups = [list(group) for _, group in itertools.groupby(asks, lambda one: (one[0].program, one[0].connections))]
    started = time.monotonic()
    done = 0
    for number in range(rounds):
        for group in groups:
            first = number % len(group)
            for cell, ask in group[first:] + group[:first]:
                run, cost = ask()
                cell.runs.append(run)
                cell.cpu_ms.append(cost)
                done += 1
                left = (time.monotonic() - started) / done * (len(asks) * rounds - done)
                tell(cell, f"round {number + 1}/{rounds}, {left:.0f} s left")


def tell(cell: Cell, where: str) -> None:
    """One line about the run that has just ended, on stderr."""
    run = cell.runs[-1]
    what = run.failure or f"{run.rate:.0f}/s, p50 {run.p50_ms:.2f} ms, p99 {run.p99_ms:.2f} ms"
    print(f"bench: {where}: {cell.program}, {cell.connections} × {cell.target}: {what}", file=sys.stderr, flush=True)

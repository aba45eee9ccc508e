"""The ui as a proxy against nginx and HAProxy, told from what run.py has measured in front of the same constant backends.

Each proxy has one worker. What passes through is a POST of a small JSON and 300 bytes of JSON as its reply. nginx and
HAProxy come from the system or from build/bench/packages (tools/unpack), and run as ordinary processes.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from report import NOTHING, Cell, digits, table
from router.proxies import DIRECT, OURS
from wrk import Measured

COLUMNS = ("connections", "service", "requests/s", "spread", "p50 ms", "p99 ms", "p99.9 ms", "CPU µs a request",
           "ui: times its requests/s", "ui: p50 less by ms", "ui: p99 less by ms")


def difference(ours: Cell, other: Cell, value: Callable[[Measured], float],
               compare: Callable[[float, float], float]) -> float:
    """The median over the rounds of what `compare` makes of both: neighbours in time share the machine's mood."""
    return statistics.median(compare(value(mine), value(its)) for mine, its in zip(ours.runs, other.runs))


def against(ours: Cell, other: Cell) -> dict[str, float]:
    """The ui's rate as a multiple of the other's, and by how much its latencies are shorter (ms)."""
    return {"rate": difference(ours, other, lambda one: one.rate, lambda mine, its: mine / its),
            "p50_ms": difference(ours, other, lambda one: one.p50_ms, lambda mine, its: its - mine),
            "p99_ms": difference(ours, other, lambda one: one.p99_ms, lambda mine, its: its - mine)}


def added_us(cells: list[Cell]) -> float | None:
    """What the ui adds to a backend's median latency at one connection, in µs; None when not measured."""
    found = {cell.target: cell for cell in cells if cell.connections == 1 and not cell.failure}
    return -1000 * against(found[OURS], found[DIRECT])["p50_ms"] if {OURS, DIRECT} <= found.keys() else None


def as_markdown(cells: list[Cell]) -> str:
    """The table, and the sentence below it."""
    ours = {cell.connections: cell for cell in cells if cell.target == OURS}
    text = table(COLUMNS, (_row(cell, ours[cell.connections]) for cell in cells))
    added = added_us(cells)
    if added is not None:
        text += f"\nAt one connection the ui adds {added:.0f} µs to the median latency of a backend that is called directly.\n"
    return text


def _row(cell: Cell, ours: Cell) -> list[str]:
    key = [str(cell.connections), cell.target]
    if cell.failure:
        return key + ["FAILED"] + [NOTHING] * (len(COLUMNS) - 3)
    p999 = cell.p999_ms()
    numbers = [digits(cell.median("rate")), f"±{cell.spread():.0%}", f"{cell.median('p50_ms'):.3f}",
               f"{cell.median('p99_ms'):.3f}", NOTHING if p999 is None else f"{p999:.3f}", digits(1000 * sum(cell.cost().values()))]
    if cell is ours or ours.failure:
        return key + numbers + [NOTHING] * 3
    compared = against(ours, cell)
    return key + numbers + [f"×{digits(compared['rate'])}", f"{compared['p50_ms']:+.3f}", f"{compared['p99_ms']:+.3f}"]

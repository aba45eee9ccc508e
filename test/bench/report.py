"""From single runs to a report: medians over the rounds, ratios to the baseline, tables."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from pss import Memory
from wrk import Measured

COLUMNS = ("connections", "service", "evaluations/s", "spread", "p50 ms", "p99 ms", "p99.9 ms", "rate", "p50",
           "CPU ms", "server", "zygote", "programs", "MB a worker")
NOTHING = "–"
# A round with fewer replies has no 99.9th percentile to speak of.
LEAST_FOR_P999 = 1000


@dataclass
class Cell:
    """One load on one service: a run for each round."""

    program: str
    connections: int
    key: str  # the service's
    target: str  # its name
    runs: list[Measured] = field(default_factory=list)
    cpu_ms: list[dict[str, float]] = field(default_factory=list)  # per evaluation, by part

    @property
    def failure(self) -> str | None:
        """The first round's failure, if one has failed: then the cell has no numbers."""
        if not self.runs:
            return "not measured"
        return next((run.failure for run in self.runs if run.failure), None)

    def median(self, name: str) -> float:
        """The median over the rounds of a field of Measured."""
        return statistics.median(getattr(run, name) for run in self.runs)

    def p999_ms(self) -> float | None:
        """None where the rounds are too small for it."""
        return self.median("p999_ms") if self.median("requests") >= LEAST_FOR_P999 else None

    def spread(self) -> float:
        """Half the distance between the slowest and the fastest round, as a share of the median rate."""
        rates = [run.rate for run in self.runs]
        return (max(rates) - min(rates)) / 2 / statistics.median(rates)

    def cost(self) -> dict[str, float]:
        """CPU milliseconds per evaluation by part, medians over the rounds; empty where it is not known."""
        names = dict.fromkeys(name for costs in self.cpu_ms for name in costs)
        return {name: statistics.median(costs.get(name, 0.0) for costs in self.cpu_ms) for name in names}

    def ratios(self, baseline: Cell | None) -> dict[str, float] | None:
        """How many times the baseline's rate, and how many times shorter than its median latency."""
        if baseline is None or baseline.failure or self.failure:
            return None
        return {"rate": self.median("rate") / baseline.median("rate"),
                "p50": baseline.median("p50_ms") / self.median("p50_ms")}

    def as_numbers(self) -> dict[str, object]:
        """For JSON, with every round."""
        found: dict[str, object] = {"program": self.program, "connections": self.connections, "key": self.key,
                                    "target": self.target, "failure": self.failure}
        if not self.failure:
            names = ("rate", "p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms")
            found |= {name: round(self.median(name), 4) for name in names}
            found |= {"spread": round(self.spread(), 4),
                      "cpu_ms": {name: round(value, 4) for name, value in self.cost().items()}}
        found["rounds"] = [asdict(run) | {"cpu_ms": costs} for run, costs in zip(self.runs, self.cpu_ms)]
        return found


@dataclass(frozen=True)
class Report:
    """All cells, in the order in which they are printed."""

    cells: list[Cell]
    baseline: str  # the key of the service that the others are compared with
    memory: dict[str, Memory] = field(default_factory=dict)  # of idle services with interpreters, by key

    @property
    def failed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.failure]

    @property
    def programs(self) -> list[str]:
        return list(dict.fromkeys(cell.program for cell in self.cells))

    def find(self, key: str, program: str, connections: int) -> Cell | None:
        """The cell with that load, unless it was not measured or failed."""
        return next((cell for cell in self.cells if (cell.key, cell.program, cell.connections) == (key, program, connections)
                     and not cell.failure), None)

    def ratios(self, cell: Cell) -> dict[str, float] | None:
        """As Cell.ratios, against the baseline under the same load."""
        return cell.ratios(self.find(self.baseline, cell.program, cell.connections))

    def as_numbers(self) -> dict[str, object]:
        """For JSON."""
        return {"baseline": self.baseline, "failed": len(self.failed),
                "memory_mb": {key: asdict(memory) for key, memory in self.memory.items()},
                "cells": [cell.as_numbers() | {"ratios": self.ratios(cell)} for cell in self.cells]}

    def as_markdown(self, programs: Collection[str]) -> str:
        """A table for each of the programs, aligned for reading as plain text too."""
        return "\n".join(f"### {program}\n\n{self.table_of(program)}" for program in programs)

    def table_of(self, program: str) -> str:
        """The table alone."""
        return table(COLUMNS, (self._row(cell) for cell in self.cells if cell.program == program))

    def _row(self, cell: Cell) -> list[str]:
        key = [str(cell.connections), cell.target]
        if cell.failure:
            return key + ["FAILED"] + [NOTHING] * (len(COLUMNS) - 3)
        ratios = self.ratios(cell)
        numbers = [digits(cell.median("rate")), f"±{cell.spread():.0%}", digits(cell.median("p50_ms")),
                   digits(cell.median("p99_ms")), digits(cell.p999_ms())]
        compared = [f"×{digits(ratios[name])}" if ratios else NOTHING for name in ("rate", "p50")]
        memory = self.memory.get(cell.key)
        return key + numbers + compared + spent(cell.cost()) + [digits(memory and memory.worker_pss)]


def spent(cost: dict[str, float]) -> list[str]:
    """CPU time, all of it and by part. Two processes serve what goes through the ui."""
    if not cost:
        return [NOTHING] * 4
    server = cost.get("server", 0.0) + cost.get("ui", 0.0)
    return [digits(sum(cost.values())), digits(server), digits(cost.get("zygote")), digits(cost.get("programs"))]


def digits(value: float | None) -> str:
    """Three significant digits, without an exponent; a dash for None."""
    if value is None:
        return NOTHING
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(header: Iterable[str], rows: Iterable[Iterable[str]], text: Collection[int] = (1,)) -> str:
    """A Markdown table whose columns are padded. text: the columns that are not numbers, from 0."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]

    def line(cells: list[str]) -> str:
        padded = (cell.ljust(width) if index in text else cell.rjust(width)
                  for index, (cell, width) in enumerate(zip(cells, widths)))
        return "| " + " | ".join(padded) + " |\n"

    rule = ["-" * width if index in text else "-" * (width - 1) + ":" for index, width in enumerate(widths)]
    return "".join([line(lines[0]), line(rule), *map(line, lines[1:])])

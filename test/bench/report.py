"""From single runs to a report: medians over the rounds, ratios to the baseline, tables, files."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from wrk import Measured

# docs/benchmarks.md: what stands between a section's two marks is replaced.
END = "<!-- end of numbers -->"


def begin(section: str = "") -> str:
    """The mark before a section's numbers; those of run.py have no name."""
    command = {"": "bench", "overload": "bench-overload"}.get(section, "bench-router")
    return f"<!-- numbers{section and ' of '}{section}: written by make {command} -->"


COLUMNS = ("connections", "service", "evaluations/s", "spread", "p50 ms", "p99 ms", "rate", "p50",
           "CPU ms", "server", "zygote", "programs")


@dataclass
class Cell:
    """One load on one service: a run for each round."""

    program: str
    connections: int
    target: str
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

    def spread(self) -> float:
        """Half the distance between the slowest and the fastest round, as a share of the median rate."""
        rates = [run.rate for run in self.runs]
        return (max(rates) - min(rates)) / 2 / statistics.median(rates)

    def cost(self) -> dict[str, float]:
        """CPU milliseconds per evaluation by part, medians over the rounds."""
        names = dict.fromkeys(name for costs in self.cpu_ms for name in costs)
        return {name: statistics.median(costs.get(name, 0.0) for costs in self.cpu_ms) for name in names}

    def ratios(self, baseline: Cell | None) -> dict[str, float] | None:
        """How many times the baseline's rate, and how many times shorter than its median latency."""
        if baseline is None or baseline.failure or self.failure:
            return None
        return {"rate": self.median("rate") / baseline.median("rate"),
                "p50": baseline.median("p50_ms") / self.median("p50_ms")}


@dataclass(frozen=True)
class Report:
    """All cells, in the order in which they are printed."""

    cells: list[Cell]
    baseline: str  # the target that the others are compared with
    facts: dict[str, object]  # date, command, machine, …

    @property
    def failed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.failure]

    def ratios(self, cell: Cell) -> dict[str, float] | None:
        """As Cell.ratios, against the baseline under the same load."""
        other = next((one for one in self.cells if one.target == self.baseline
                      and (one.program, one.connections) == (cell.program, cell.connections)), None)
        return cell.ratios(other)

    def as_json(self) -> str:
        cells = [_summary(cell, self.ratios(cell)) for cell in self.cells]
        return json.dumps({**self.facts, "baseline": self.baseline, "failed": len(self.failed),
                           "cells": cells}, indent=2, ensure_ascii=False) + "\n"

    def as_markdown(self) -> str:
        """One table for each program, aligned for reading as plain text too."""
        parts = []
        for program in dict.fromkeys(cell.program for cell in self.cells):
            cells = [cell for cell in self.cells if cell.program == program]
            parts.append(f"### {program}\n\n" + table(COLUMNS, (self._row(cell) for cell in cells)))
        return "\n".join(parts)

    def _row(self, cell: Cell) -> list[str]:
        key = [str(cell.connections), cell.target]
        if cell.failure:
            return key + ["FAILED"] + ["–"] * (len(COLUMNS) - 3)
        ratios, cost = self.ratios(cell), cell.cost()
        numbers = [digits(cell.median("rate")), f"±{cell.spread():.0%}",
                   digits(cell.median("p50_ms")), digits(cell.median("p99_ms"))]
        compared = [f"×{digits(ratios[name])}" if ratios else "–" for name in ("rate", "p50")]
        # Two processes serve what goes through the ui.
        server = cost.get("server", 0.0) + cost.get("ui", 0.0)
        spent = [digits(sum(cost.values())), digits(server),
                 digits(cost["zygote"]) if "zygote" in cost else "–", digits(cost.get("programs", 0.0))]
        return key + numbers + compared + spent


def _summary(cell: Cell, ratios: dict[str, float] | None) -> dict[str, object]:
    result: dict[str, object] = {"program": cell.program, "connections": cell.connections,
                                 "target": cell.target, "failure": cell.failure}
    if not cell.failure:
        names = ("rate", "p50_ms", "p90_ms", "p99_ms", "max_ms")
        result |= {name: round(cell.median(name), 4) for name in names}
        result |= {"spread": round(cell.spread(), 4), "ratios": ratios,
                   "cpu_ms": {name: round(value, 4) for name, value in cell.cost().items()}}
    result["rounds"] = [asdict(run) | {"cpu_ms": costs} for run, costs in zip(cell.runs, cell.cpu_ms)]
    return result


def digits(value: float) -> str:
    """Three significant digits, without an exponent."""
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


def write_docs(path: Path, numbers: str, marks: tuple[str, str] = (begin(), END)) -> None:
    """Replaces what stands between the two marks. Raises ValueError when they are missing, OSError."""
    first, last = marks
    text = path.read_text()
    marked = re.compile(re.escape(first) + ".*?" + re.escape(last), re.DOTALL)
    if len(marked.findall(text)) != 1:
        raise ValueError(f"{path}: not exactly one pair of {first} and {last}")
    path.write_text(marked.sub(lambda _: f"{first}\n\n{numbers}\n{last}", text))

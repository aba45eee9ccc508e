"""What `growth.py` has measured as text, charts and numbers; each cost with its verdict (fit.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Protocol

import chart
import fit
import sweeps
from report import digits, table
from scale import Axis

LINE_POINTS = 60  # of a fitted line, which is a curve where an axis is logarithmic


class Measured(Protocol):
    """One point of a sweep."""

    point: sweeps.Point
    p50_ms: float
    range_ms: tuple[float, float]
    cpu_ms: float


@dataclass(frozen=True)
class Cost:
    """What is judged: p50 or CPU time, of one series of a sweep."""

    name: str
    points: list[Measured]
    of: Callable[[Measured], float]

    @property
    def pairs(self) -> list[tuple[float, float]]:
        return [(one.point.x, self.of(one)) for one in self.points]

    @property
    def verdict(self) -> fit.Verdict:
        return fit.judge(self.pairs)


@dataclass(frozen=True)
class Report:
    """`charts`: files' contents by name, without suffix."""

    text: str
    charts: dict[str, str]
    numbers: dict[str, object]


def of(found: dict[str, list[Measured]]) -> Report:
    """All sweeps that were measured; an empty one when there were none."""
    if not found:
        return Report("", {}, {})
    parts, charts, numbers = [], {}, {}
    rows = []
    for sweep in (one for one in sweeps.sweeps() if one.key in found):
        measured = found[sweep.key]
        all_costs = costs(measured)
        name = f"growth-{sweep.key}"
        charts[name] = draw(sweep, measured, all_costs).svg()
        rows += [[sweep.title, cost.name, cost.verdict.kind, told(sweep, cost)] for cost in all_costs]
        parts.append(f"## {sweep.title[0].upper()}{sweep.title[1:]}\n\n![{described(sweep, all_costs)}]({name}.svg)\n\n"
                     + table((sweep.axis, *(["of"] if several(measured) else []), "p50 ms", "rounds", "CPU ms"),
                             (row(one, several(measured)) for one in measured), text=(0, 1) if several(measured) else (0,)))
        numbers[sweep.key] = {
            "points": [{"x": one.point.x, "label": one.point.label, "series": one.point.series, "p50_ms": round(one.p50_ms, 4),
                        "range_ms": [round(value, 4) for value in one.range_ms], "cpu_ms": round(one.cpu_ms, 4)}
                       for one in measured],
            "verdicts": {cost.name: asdict(cost.verdict) for cost in all_costs}}
    summary = table(("what grows", "cost", "verdict", "how much"), rows, text=(0, 1, 2, 3))
    return Report(summary + "\n" + "\n".join(parts), charts, numbers)


def several(measured: list[Measured]) -> bool:
    """Whether the sweep has more than one series."""
    return len({one.point.series for one in measured}) > 1


def costs(measured: list[Measured]) -> list[Cost]:
    """p50 and CPU time of each series."""
    found = []
    for series in dict.fromkeys(one.point.series for one in measured):
        points = [one for one in measured if one.point.series == series]
        of_series = f" ({series})" if series else ""
        found += [Cost("p50" + of_series, points, lambda one: one.p50_ms),
                  Cost("CPU" + of_series, points, lambda one: one.cpu_ms)]
    return found


def told(sweep: sweeps.Sweep, cost: Cost) -> str:
    """The verdict's numbers, for people."""
    verdict = cost.verdict
    worst = next(one.point.label for one in cost.points if one.point.x == verdict.worst)
    share = f"{verdict.deviation:.0%} off at {worst}"
    if verdict.kind == "flat":
        return f"{digits(verdict.base)} ms; at most {share}"
    count, name = sweep.per
    unit = f"{digits(verdict.base)} ms, and {digits(verdict.slope * count)} ms for {name}; at most {share}"
    return unit if verdict.kind == "linear" else f"the closest line: {unit}"


def row(one: Measured, with_series: bool) -> list[str]:
    """A line of a sweep's table."""
    low, high = one.range_ms
    return [one.point.label, *([one.point.series] if with_series else []), digits(one.p50_ms),
            f"{digits(low)} to {digits(high)}", digits(one.cpu_ms)]


def described(sweep: sweeps.Sweep, all_costs: list[Cost]) -> str:
    """What the chart shows, in words."""
    verdicts = "; ".join(f"{cost.name}: {cost.verdict.kind}, {told(sweep, cost)}" for cost in all_costs)
    return f"{sweep.title}: {verdicts}."


def draw(sweep: sweeps.Sweep, measured: list[Measured], all_costs: list[Cost]) -> chart.Chart:
    """Each cost as a line, with the fitted one behind it."""
    ticks = {one.point.x: one.point.label for one in measured}
    return chart.Chart(sweep.title, described(sweep, all_costs), Axis(sweep.axis, sweep.log, tuple(ticks.items())),
                       Axis("ms", sweep.log_costs), [line(sweep, cost) for cost in all_costs])


def line(sweep: sweeps.Sweep, cost: Cost) -> chart.Series:
    """One cost; the rounds' range is known of latencies alone."""
    points = [chart.Point(one.point.x, cost.of(one), *(one.range_ms if cost.name.startswith("p50") else ()))
              for one in cost.points]
    verdict = cost.verdict
    first, last = points[0].x, points[-1].x
    xs = [first * (last / first) ** (step / LINE_POINTS) if sweep.log else first + (last - first) * step / LINE_POINTS
          for step in range(LINE_POINTS + 1)]
    fitted = [(x, verdict.at(x)) for x in xs if verdict.at(x) > 0]
    return chart.Series(cost.name, points, fitted if verdict.kind != "neither" else None)

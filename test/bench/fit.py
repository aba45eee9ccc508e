"""Whether a cost is flat, or grows in proportion to something, or neither."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

FLAT_WITHIN = 0.10  # of the median: what counts as flat
LINEAR_WITHIN = 0.15  # of the line: what counts as linear


@dataclass(frozen=True)
class Verdict:
    """`kind`: "flat", "linear" or "neither". The cost is `base` + `slope` × x but for `deviation`, the largest, as a share
    of that; it is met at `worst`."""

    kind: str
    base: float
    slope: float
    deviation: float
    worst: float

    def at(self, x: float) -> float:
        return self.base + self.slope * x


def judge(points: list[tuple[float, float]]) -> Verdict:
    """What the points (x, cost above 0) show: flat if that is enough, else the line that comes closest, in shares of the cost.

    Raises ValueError for fewer than three points.
    """
    if len(points) < 3:
        raise ValueError("a verdict takes three points")
    middle = statistics.median(y for _, y in points)
    deviation, worst = _deviation(points, middle, 0.0)
    if deviation <= FLAT_WITHIN:
        return Verdict("flat", middle, 0.0, deviation, worst)
    base, slope = _line(points)
    deviation, worst = _deviation(points, base, slope)
    # A cost that falls as the work grows is no unit cost, however straight it falls.
    kind = "linear" if deviation <= LINEAR_WITHIN and slope > 0 else "neither"
    return Verdict(kind, base, slope, deviation, worst)


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Least squares of the relative errors: base and slope. Else the biggest costs alone would decide, for x grows by decades."""
    weights = [1 / (y * y) for _, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _) in zip(weights, points)) / total
    mean_y = sum(w * y for w, (_, y) in zip(weights, points)) / total
    spread = sum(w * (x - mean_x) ** 2 for w, (x, _) in zip(weights, points))
    slope = sum(w * (x - mean_x) * (y - mean_y) for w, (x, y) in zip(weights, points)) / spread if spread else 0.0
    return mean_y - slope * mean_x, slope


def _deviation(points: list[tuple[float, float]], base: float, slope: float) -> tuple[float, float]:
    """The largest, as a share of the line; and its x. A line that is not above 0 somewhere explains nothing there."""
    found = []
    for x, y in points:
        line = base + slope * x
        found.append((abs(y - line) / line if line > 0 else float("inf"), x))
    return max(found)

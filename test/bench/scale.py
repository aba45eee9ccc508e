"""Axes of charts: round numbers, linear or by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

TICKS = 6  # about so many on a linear axis
MOST_TICKS = 9
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """`ticks`: the numbers to show with what is written there, instead of round ones. A linear axis begins at 0."""

    title: str
    log: bool = False
    ticks: tuple[tuple[float, str], ...] = ()
    low: float = 0.0
    high: float = 0.0

    def fitted(self, values: Iterable[float]) -> Axis:
        """The same from the round number below all values to the one above. Raises ValueError where a logarithm has none,
        and for values below 0."""
        known = [*values, *(value for value, _ in self.ticks)]
        least, most = min(known), max(known)
        if least < 0 or (self.log and least <= 0):
            raise ValueError(f"{self.title}: {least:g} is not on this axis")
        if self.ticks:
            return replace(self, low=least, high=most)
        rounded = decades(least, most) if self.log else steps(most)
        return replace(self, low=rounded[0], high=rounded[-1])

    def share(self, value: float) -> float:
        """Where on the axis it is: from 0 at its beginning to 1 at its end; what is beyond either stays there."""
        low, high, value = ((math.log10(max(one, 1e-300)) if self.log else one) for one in (self.low, self.high, value))
        return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5

    def marks(self) -> list[tuple[float, str]]:
        """The numbers to show and how they are written."""
        if self.ticks:
            return list(self.ticks)
        values = decades(self.low, self.high) if self.log else steps(self.high)
        if len(values) > MOST_TICKS:
            values = [value for value in values if is_power_of_ten(value)]
        return [(value, written(value)) for value in values]


def steps(most: float) -> list[float]:
    """Round numbers from 0 to the first that is not below `most`."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in STEPS if one * power >= rough * 0.999999)
    count = math.ceil(most / step - 1e-9)
    return [number * step for number in range(count + 1)]


def decades(least: float, most: float) -> list[float]:
    """1, 2, 5, 10, 20 … from the last that is not above `least` to the first that is not below `most`."""
    first, last = math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 1
    values = [factor * 10.0 ** power for power in range(first, last + 1) for factor in (1, 2, 5)]
    begin = max(value for value in values if value <= least * 1.000001)
    end = min(value for value in values if value >= most * 0.999999 and value > begin)
    return [value for value in values if begin <= value <= end]


def is_power_of_ten(value: float) -> bool:
    """But for what is lost in arithmetic."""
    return abs(math.log10(value) - round(math.log10(value))) < 1e-9


def written(value: float) -> str:
    """Without an exponent, thousands apart: 0.05, 1, 2,500."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.10f}".rstrip("0") if abs(value) < 1e-3 else f"{round(value, 6):g}"

"""Charts of lines as SVG, without any library: readable at 720 pixels, light and dark, with a title and a description for
those who don't see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from scale import Axis

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, BELOW = 64, 28, 56
LABELS_Y, LABELS_LINE, EDGE = 20, 17, 6
TITLE_Y, LEGEND_Y, LEGEND_LINE = 26, 50, 20
CHARACTER = 6.9  # of 12.5 pixel text: about its width
RADIUS = 4

STYLE = """\
text { font: 12.5px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #424a53 }
.title { font-size: 15px; font-weight: 600; fill: #1f2328 }
.back { fill: #ffffff } .grid { stroke: #d8dee4 } .axis { stroke: #818b98 }
.line { fill: none; stroke-width: 2; stroke-linejoin: round } .fit { fill: none; stroke-width: 1.5; stroke-dasharray: 2 4 }
.range { stroke-width: 1.25; opacity: 0.6 }
.c0 { stroke: #0550ae; color: #0550ae } .c1 { stroke: #bc4c00; color: #bc4c00 } .c2 { stroke: #116329; color: #116329 }
.c3 { stroke: #8250df; color: #8250df } .c4 { stroke: #59636e; color: #59636e }
.mark { fill: currentColor; stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #c9d1d9 } .title { fill: #f0f6fc }
  .back { fill: #0d1117 } .grid { stroke: #30363d } .axis { stroke: #8b949e }
  .c0 { stroke: #58a6ff; color: #58a6ff } .c1 { stroke: #f0883e; color: #f0883e } .c2 { stroke: #56d364; color: #56d364 }
  .c3 { stroke: #d2a8ff; color: #d2a8ff } .c4 { stroke: #b1bac4; color: #b1bac4 }
}
"""
COLOURS = 5


@dataclass(frozen=True)
class Point:
    """`low` and `high`: between what it was in single rounds."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """One line, its points from left to right. `fit`: the line that was fitted to it, drawn thinly."""

    name: str
    points: list[Point]
    fit: list[tuple[float, float]] | None = None


@dataclass(frozen=True)
class Chart:
    """`description`: what is to be seen, in words."""

    title: str
    description: str
    x: Axis
    y: Axis
    series: list[Series]

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= COLOURS or not all(one.points for one in self.series):
            raise ValueError(f"a chart has 1 to {COLOURS} series, each with points")

    def svg(self) -> str:
        """The file's text."""
        legend, top = self._legend()
        area = Area(self.x.fitted(point.x for one in self.series for point in one.points),
                    self.y.fitted(value for one in self.series for value in extent(one)), top)
        body = [*area.grid(), *legend]
        body += [part for number, one in enumerate(self.series) for part in area.line(number, one)]
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
                'role="img" aria-labelledby="title description">\n'
                f'<title id="title">{escape(self.title)}</title>\n<desc id="description">{escape(self.description)}</desc>\n'
                f'<style>\n{STYLE}</style>\n<rect class="back" width="{WIDTH}" height="{HEIGHT}" rx="6"/>\n'
                f'<text class="title" x="16" y="{TITLE_Y}">{escape(self.title)}</text>\n' + "\n".join(body) + "\n</svg>\n")

    def _legend(self) -> tuple[list[str], float]:
        """Its parts, in as many lines as they take, and where the area below begins."""
        entries = [(f'<g class="c{number}"><path class="line" d="M0 0h24"/>{mark(number, 12, 0)}</g>', one.name)
                   for number, one in enumerate(self.series)]
        if any(one.fit for one in self.series):
            entries.append(('<path class="fit axis" d="M0 0h24"/>', "fitted"))
        parts, x, y = [], 16.0, float(LEGEND_Y)
        for sign, name in entries:
            width = 34 + CHARACTER * len(name) + 14
            if x > 16 and x + width > WIDTH - 8:
                x, y = 16.0, y + LEGEND_LINE
            parts.append(f'<g transform="translate({x:g} {y - 4:g})">{sign}</g><text x="{x + 30:g}" y="{y:g}">{escape(name)}</text>')
            x += width
        return parts, y + 34


class Area:
    """Where the lines are: from values to pixels."""

    def __init__(self, x: Axis, y: Axis, top: float) -> None:
        self._x, self._y, self._top = x, y, top
        self._labels = spaced([(LEFT + (WIDTH - RIGHT - LEFT) * x.share(value), label) for value, label in x.marks()])
        self._bottom = HEIGHT - BELOW - LABELS_LINE * max(line for _, _, line, _ in self._labels)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """In pixels, kept within the area."""
        width, height = WIDTH - RIGHT - LEFT, self._bottom - self._top
        return LEFT + width * self._x.share(x), self._bottom - height * self._y.share(y)

    def grid(self) -> list[str]:
        """Lines, numbers and titles of both axes."""
        parts = []
        for value, label in self._y.marks():
            _, y = self.at(self._x.low, value)
            parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
                         f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(label)}</text>')
        for x, center, line, label in self._labels:
            parts.append(f'<path class="axis" d="M{x:.1f} {self._bottom}v5"/>'
                         f'<text x="{center:.1f}" y="{self._bottom + LABELS_Y + line * LABELS_LINE}" text-anchor="middle">'
                         f'{escape(label)}</text>')
        parts.append(f'<path class="axis" d="M{LEFT} {self._bottom}H{WIDTH - RIGHT}"/>'
                     f'<text x="{(LEFT + WIDTH - RIGHT) / 2:g}" y="{HEIGHT - 14}" text-anchor="middle">{escape(self._x.title)}</text>'
                     f'<text x="16" y="{self._top - 12:g}">{escape(self._y.title)}</text>')
        return parts

    def line(self, number: int, series: Series) -> list[str]:
        """One series: its fit, its ranges, its line, its marks."""
        parts = [f'<g class="c{number}">']
        if series.fit:
            parts.append(f'<path class="fit" d="{self._path(series.fit)}"/>')
        for point in series.points:
            if point.low is not None and point.high is not None:
                (x, low), (_, high) = self.at(point.x, point.low), self.at(point.x, point.high)
                parts.append(f'<path class="range" d="M{x:.1f} {low:.1f}V{high:.1f}"/>')
        parts.append(f'<path class="line" d="{self._path((point.x, point.y) for point in series.points)}"/>')
        parts += [mark(number, *self.at(point.x, point.y)) for point in series.points]
        return [*parts, "</g>"]

    def _path(self, points: Iterable[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (self.at(*point) for point in points))


def spaced(labels: list[tuple[float, str]]) -> list[tuple[float, float, int, str]]:
    """Where each label's middle goes: beside its x only where the picture ends, and a line lower where it would touch the one
    before. As (x, middle, line, label)."""
    ends = [0.0, 0.0]
    found = []
    for x, label in labels:
        half = CHARACTER * len(label) / 2
        middle = min(x, WIDTH - EDGE - half)
        line = 0 if middle - half > ends[0] + EDGE else 1
        ends[line] = middle + half
        found.append((x, middle, line, label))
    return found


def extent(series: Series) -> Iterable[float]:
    """All heights of a series."""
    for point in series.points:
        yield from (value for value in (point.y, point.low, point.high) if value is not None)


def mark(number: int, x: float, y: float) -> str:
    """A point, of another shape for each series: colours are not all that tells them apart."""
    r = RADIUS
    shapes = (f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>',
              f'<path class="mark" d="M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}z"/>',
              f'<path class="mark" d="M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r}h{-2 * r - 2}z"/>',
              f'<path class="mark" d="M{x:.1f} {y - r - 1:.1f}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z"/>',
              f'<path class="mark" d="M{x:.1f} {y + r + 1:.1f}l{r + 1} {-2 * r}h{-2 * r - 2}z"/>')
    return shapes[number]

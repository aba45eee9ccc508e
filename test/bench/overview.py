"""What `make bench` says about services: the overview with its charts, all tables, the proxies."""

from __future__ import annotations

import matrix
from chart import Chart, Point, Series
from matrix import BACKEND, BASELINE, BUBBLEWRAP, CONSTANT, FLOOR, UI
from report import NOTHING, Cell, Report, digits, spent, table
from router import comparison
from scale import Axis

CHARTED = (BACKEND, UI, FLOOR, BASELINE, BUBBLEWRAP)
COLUMNS = ("program", "connections", "evaluations/s", "p50 ms", "p99 ms", "p99.9 ms", "rate", "p50", "CPU ms", "server", "zygote",
           "programs")


def programs(report: Report) -> list[str]:
    """Those that are evaluated."""
    return [name for name in report.programs if name != CONSTANT]


def as_markdown(report: Report, charts: dict[str, str]) -> str:
    """hello everywhere, with charts; every program on the backend; memory. Nothing when no program was measured."""
    if not programs(report):
        return ""
    parts = [f"![{name.capitalize()} of hello by connections, for each service](benchmarks/hello-{name}.svg)"
             for name in ("rate", "p50") if f"hello-{name}" in charts]
    if "hello" in report.programs:
        parts.append(f"**hello**, by service:\n\n{report.table_of('hello')}")
    parts.append(f"**Every program** on the backend:\n\n{backend_table(report)}")
    parts.append(f"**Memory** of idle services, MB:\n\n{memory_table(report)}")
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def backend_table(report: Report) -> str:
    """A line for each program and number of connections, on the backend that it is meant for."""
    rows = []
    for program in programs(report):
        cells = [cell for cell in report.cells if cell.program == program]
        key = BACKEND if any(cell.key == BACKEND for cell in cells) else matrix.NUMPY
        rows += [_row(report, cell) for cell in cells if cell.key == key]
    return table(COLUMNS, rows, text=(0,))


def _row(report: Report, cell: Cell) -> list[str]:
    head = [cell.program, str(cell.connections)]
    if cell.failure:
        return head + ["FAILED"] + [NOTHING] * (len(COLUMNS) - 3)
    ratios = report.ratios(cell)
    compared = [f"×{digits(ratios[name])}" if ratios else NOTHING for name in ("rate", "p50")]
    numbers = [digits(value) for value in (cell.median("rate"), cell.median("p50_ms"), cell.median("p99_ms"), cell.p999_ms())]
    return head + numbers + compared + spent(cell.cost())


def memory_table(report: Report) -> str:
    """What each service with interpreters takes."""
    rows = [[matrix.NAMES[key], digits(one.server), digits(one.zygote), digits(one.worker_pss), digits(one.worker), str(one.workers)]
            for key, one in report.memory.items()]
    return table(("service", "server", "zygote", "a ready worker, PSS", "of its own", "ready workers"), rows, text=(0,))


def all_tables(report: Report) -> str:
    """Every program with every service, but for hello, which is in the overview."""
    return report.as_markdown([name for name in programs(report) if name != "hello"])


def proxies(report: Report) -> str:
    """The ui against nginx and HAProxy; nothing when that was not measured."""
    cells = [cell for cell in report.cells if cell.program == CONSTANT]
    return comparison.as_markdown(cells) if cells else ""


def charts(report: Report) -> dict[str, str]:
    """hello by connections: rate and p50 of each service. None when there are not two numbers of connections."""
    found = {"rate": _series(report, lambda cell: cell.median("rate"), lambda run: run.rate),
             "p50": _series(report, lambda cell: cell.median("p50_ms"), lambda run: run.p50_ms)}
    counts = sorted({int(point.x) for series in found["rate"] for point in series.points})
    if len(counts) < 2:
        return {}
    x = Axis("connections, or how many at a time", True, tuple((count, str(count)) for count in counts))
    titles = {"rate": ("hello: evaluations a second", "evaluations a second"), "p50": ("hello: median latency", "ms")}
    return {f"hello-{name}": Chart(title, _described(series, unit), x, Axis(unit, True), series).svg()
            for name, series in found.items() for title, unit in [titles[name]]}


def _series(report: Report, middle, of_run) -> list[Series]:
    """A line for each service that ran hello."""
    found = []
    for key in CHARTED:
        cells = [cell for cell in report.cells if (cell.key, cell.program) == (key, "hello") and not cell.failure]
        points = [Point(cell.connections, middle(cell), min(map(of_run, cell.runs)), max(map(of_run, cell.runs)))
                  for cell in cells]
        if points:
            found.append(Series(matrix.NAMES[key], points))
    return found


def _described(series: list[Series], unit: str) -> str:
    """The chart in words."""
    return f"{unit}, by service. " + "; ".join(
        f"{one.name}: " + ", ".join(f"{digits(point.y)} at {point.x:g}" for point in one.points) for one in series) + "."

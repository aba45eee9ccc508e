"""What grows while `growth.py` looks at what hello costs: the points of each sweep, from little to much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import workload
from sample import Sample
from workload import KB

MB = KB * KB
POOL_SIZES = (1, 4, 16, 64, 256)
IDLE_CONNECTIONS = (1, 10, 100, 1000, 10_000)
SOURCE_KB = (1, 4, 16, 64, 256, 1024)
OUTPUT_KB = (1, 8, 64, 512, 2048, 8192)
MODULES = (0, 10, 50, 100)
LIBRARIES = ("numpy", "pandas", "matplotlib")
COUNT_MODULES = "import sys; print(len(sys.modules))"
HELLO = Sample(workload.HELLO, "hello\n")

# The first ones are those that programs use most. All of them exist from Python 3.9 to 3.13.
STANDARD = (
    "json re collections datetime math random itertools functools dataclasses typing "
    "string decimal fractions statistics heapq bisect copy enum abc contextlib "
    "operator io os sys time calendar textwrap pprint hashlib hmac "
    "base64 binascii struct csv pathlib tempfile shutil glob fnmatch pickle "
    "zlib gzip bz2 lzma zipfile tarfile logging argparse traceback warnings "
    "inspect ast dis tokenize token keyword types weakref gc array "
    "queue threading concurrent.futures asyncio selectors socket select signal subprocess sched "
    "unittest doctest timeit cProfile pstats trace locale gettext unicodedata codecs "
    "html html.parser xml.etree.ElementTree xml.dom.minidom configparser urllib.parse urllib.request email http.client ipaddress "
    "uuid secrets sqlite3 difflib numbers cmath graphlib zoneinfo contextvars colorsys").split()


@dataclass(frozen=True)
class Point:
    """`x`: how much there is, in the sweep's unit. `series`: which line it belongs to."""

    x: float
    label: str
    series: str = ""
    sample: Sample = HELLO
    settings: Mapping[str, str] = field(default_factory=dict)  # the backend's
    idle: int = 0  # connections that do nothing meanwhile


@dataclass(frozen=True)
class Sweep:
    """`per`: how many of what `x` counts a unit cost is told for, and what these are called. `counted`: x is what the
    program of that name prints, asked when the server runs. `log_costs`: whether the costs take a logarithmic axis."""

    key: str
    title: str
    axis: str
    points: list[Point]
    per: tuple[float, str]
    log: bool = True
    log_costs: bool = False
    counted: str | None = None


def sweeps() -> list[Sweep]:
    """All of them."""
    return [
        Sweep("pool", "hello beside idle interpreters", "interpreters kept ready",
              [Point(size, str(size), settings={"PLAYGROUND_POOL_SIZE": str(size)}) for size in POOL_SIZES], (100, "100 more")),
        Sweep("connections", "hello beside idle connections", "connections open, one of them busy",
              [Point(count, f"{count:,}", settings={"PLAYGROUND_IDLE_TIMEOUT_MS": "3600000"}, idle=count - 1)
               for count in IDLE_CONNECTIONS], (1000, "1,000 more")),
        Sweep("source", "hello by the size of its source", "source",
              [Point(kb, size(kb), name, Sample(source(kb * KB), "hello\n")) for name, source in
               (("comments", workload.commented), ("statements", workload.stated)) for kb in SOURCE_KB],
              (KB, "1 MB more"), log_costs=True),
        Sweep("output", "printing, by the size of the output", "output",
              [Point(kb, size(kb), sample=Sample(workload.printing(kb * KB), "x" * (kb * KB - 1) + "\n"),
                     settings={"PLAYGROUND_OUTPUT_KB": str(2 * OUTPUT_KB[-1])}) for kb in OUTPUT_KB],
              (KB, "1 MB more"), log_costs=True),
        Sweep("preload", "hello by what is preloaded", "modules in the interpreter", _preloads(), (100, "100 more"),
              log=False, counted=COUNT_MODULES),
    ]


def _preloads() -> list[Point]:
    """The standard library's, and the three libraries on top of all of these; `x` is yet to be counted."""
    lists = [STANDARD[:count] for count in MODULES]
    lists += [[*STANDARD[:MODULES[-1]], *LIBRARIES[:count]] for count in range(1, len(LIBRARIES) + 1)]
    return [Point(0, label(names), settings={"PLAYGROUND_PRELOAD": ",".join(names)} if names else {}) for names in lists]


def label(names: list[str]) -> str:
    """What a preload is called: how many modules, or the library that came last."""
    return f"+ {names[-1]}" if names and names[-1] in LIBRARIES else str(len(names))


def size(kb: int) -> str:
    """As 64 KB, 8 MB."""
    return f"{kb // KB} MB" if kb >= KB else f"{kb} KB"

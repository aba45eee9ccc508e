"""Which services are measured with which programs and how many connections: not all with all, which would take hours.

Every program runs on the backend, alone and behind the ui, with FEW and MANY connections; hello with any number. What they
are compared with runs hello and two programs that compute. Proxies pass on a constant reply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from router import proxies

CONNECTIONS = (1, 8, 32, 256)
FEW, MANY = 1, 32
PROXIED = (1, 32, 256)
AT_A_TIME = (1, 4)  # of what has no connections
COMPARED = ("hello", "dataclasses_json", "cpu_20ms")
FLOOR_RUNS = ("hello", "cpu_20ms")
CONSTANT = "constant"

BACKEND, UI, BASELINE, FLOOR, BUBBLEWRAP, NUMPY, HEAVY = "backend", "ui", "baseline", "floor", "bubblewrap", "numpy", "heavy"
POOL_SIZES = (1, 256)
PROXIES = ("constant", "proxy-ui", "proxy-nginx", "proxy-haproxy")
HEAVY_MODULES = "numpy,pandas,matplotlib"
NEED_NUMPY = ("import_numpy", "numpy_mean")

# Keys of the backends, what they are called, and their settings. 256 connections need none: PLAYGROUND_QUEUE_SIZE is 1024.
BACKENDS = {
    BACKEND: ("playground backend", {}),
    NUMPY: ("backend + numpy", {"PLAYGROUND_PRELOAD": "numpy"}),
    HEAVY: ("backend + numpy, pandas, matplotlib", {"PLAYGROUND_PRELOAD": HEAVY_MODULES}),
    **{f"pool-{size}": (f"backend, {size} ready", {"PLAYGROUND_POOL_SIZE": str(size)}) for size in POOL_SIZES},
}
NAMES = {key: name for key, (name, _) in BACKENDS.items()} | {
    UI: "playground ui → backend", BASELINE: "flask + gunicorn", FLOOR: "floor", BUBBLEWRAP: "bubblewrap + cold python",
    **dict(zip(PROXIES, (proxies.DIRECT, proxies.OURS, "nginx", "HAProxy")))}


@dataclass(frozen=True)
class Load:
    """One service with one program. `connections`: or how many at a time, where there are none."""

    key: str
    program: str
    connections: int


def plan(programs: list[str], connections: list[int], with_proxies: bool) -> list[Load]:
    """What is measured, those next to each other that share program and connections: they are compared."""
    loads = [load for program in programs for load in sorted(_program(program, connections), key=lambda one: one.connections)]
    if with_proxies:
        loads += [Load(key, CONSTANT, count) for count in connections if count in PROXIED for key in PROXIES]
    return loads


def _program(program: str, connections: list[int]) -> Iterator[Load]:
    """The loads of one program. Unless it is hello, numbers that nobody compares are left out, if others remain."""
    counts = connections if program == "hello" else [one for one in connections if one in (FEW, MANY)] or connections
    for count in counts:
        yield from (Load(key, program, count) for key in _services(program, count))
    for count in AT_A_TIME:
        yield from (Load(key, program, count) for key, runs in ((FLOOR, FLOOR_RUNS), (BUBBLEWRAP, COMPARED)) if program in runs)


def _services(program: str, count: int) -> list[str]:
    """What has connections."""
    if program in NEED_NUMPY:
        return [NUMPY]
    services = [BACKEND, UI]
    if program in COMPARED:
        services.append(BASELINE)
    if program == "hello" and count in (FEW, MANY):
        services.append(HEAVY)
    if program == "hello" and count == FEW:
        services += [NUMPY, *(f"pool-{size}" for size in POOL_SIZES)]
    return services


def settings() -> dict[str, dict[str, str]]:
    """What the environment of each backend changes, by name."""
    return {name: changed for name, changed in BACKENDS.values() if changed}

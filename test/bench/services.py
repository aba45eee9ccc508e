"""The services of matrix.py, running; and what measures one of them with one program."""

from __future__ import annotations

import argparse
import contextlib
import functools
from collections.abc import Callable
from pathlib import Path

import command
import direct
import matrix
import servers
import workload
import wrk
from matrix import Load
from router import proxies
from sample import Sample
from turns import Ask, Run

PACKAGES = command.OUTPUT / "packages"


def start(stack: contextlib.ExitStack, keys: set[str]) -> dict[str, servers.Target]:
    """All that have one of the keys, until the stack ends. Raises AssertionError, RuntimeError, OSError: one did not start."""
    found = {}
    for key, (name, settings) in matrix.BACKENDS.items():
        if key in keys or (key == matrix.BACKEND and matrix.UI in keys):
            found[key] = servers.backend(stack, key, name, settings)
    if matrix.UI in keys:
        found[matrix.UI] = servers.ui(stack, matrix.UI, matrix.NAMES[matrix.UI], found[matrix.BACKEND])
    if matrix.BASELINE in keys:
        found[matrix.BASELINE] = servers.baseline(stack, matrix.BASELINE, matrix.NAMES[matrix.BASELINE])
    if keys & set(matrix.PROXIES):
        found |= {target.key: target for target in proxies.start(stack, PACKAGES)}
    return found


def askers(loads: list[Load], targets: dict[str, servers.Target], options: argparse.Namespace) -> dict[Load, Ask]:
    """What runs each load once. Asks every service for every program before. Raises LoadError, OSError."""
    samples = {name: workload.load(name, options.corpus) for name in {load.program for load in loads} - {matrix.CONSTANT}}
    samples[matrix.CONSTANT] = [Sample("print('a constant reply')", proxies.STDOUT)]
    prepared = {(key, program): _prepare(key, program, targets, samples[program], options.binary)
                for key, program in dict.fromkeys((load.key, load.program) for load in loads)}
    return {load: functools.partial(prepared[load.key, load.program], load.connections, options.seconds) for load in loads}


def _prepare(key: str, program: str, targets: dict[str, servers.Target], samples: list[Sample],
             binary: Path) -> Callable[[int, int], Run]:
    """What runs it with so many connections for so many seconds."""
    if key == matrix.FLOOR:
        path = workload.FOLDER / f"{program}.py"
        return lambda count, seconds: direct.floor(binary.with_name("bench_floor"), path, seconds, count)
    if key == matrix.BUBBLEWRAP:
        [sample] = samples
        return lambda count, seconds: direct.bubblewrap(sample.code, sample.stdout, seconds, count)
    target = targets[key]
    load = wrk.prepare(target.address, target.path, samples, command.OUTPUT / "loads" / f"{program}-{key}")
    return lambda count, seconds: target.measure(load, count, seconds)

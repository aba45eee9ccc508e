"""The ui as a proxy against nginx and HAProxy, in one run with turns, in front of the same constant backends.

    /usr/bin/python3 test/bench/router_compare.py [--binary FILE] [--rounds 5] [--seconds 4] [--connections 1,32,256]

Each proxy has one worker. What passes through is a POST of a small JSON and 300 bytes of JSON as its reply; wrk
checks every one. nginx and HAProxy come from the system or from build/bench/packages (tools/unpack), and run as
ordinary processes. Exit code: 0, 1 when a reply was wrong or a server did not start, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import cost  # noqa: E402
import wrk  # noqa: E402
from report import END, Cell, begin, digits, table, write_docs  # noqa: E402
from router import proxies  # noqa: E402

CONNECTIONS = (1, 32, 256)
WARM_UP_SECONDS = 1
PACKAGES = command.OUTPUT / "packages"
PROGRAM = "print('a constant reply')"
OURS, DIRECT = "playground ui", "constant backend itself"
SECTION = "proxies"
COLUMNS = ("connections", "service", "requests/s", "spread", "p50 ms", "p99 ms", "CPU µs a request",
           "ui: times its requests/s", "ui: p50 less by ms", "ui: p99 less by ms")


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the ui as a proxy against nginx and HAProxy.")
    command.add_binary(parser)
    parser.add_argument("--rounds", type=command.within(1, 100), default=5, help="how often each is measured (5)")
    parser.add_argument("--seconds", type=command.within(1, 60), default=4, help="how long each time (4)")
    parser.add_argument("--connections", type=_counts, default=list(CONNECTIONS), metavar="N,…",
                        help=f"{','.join(map(str, CONNECTIONS))}")
    parser.add_argument("--packages", type=Path, default=PACKAGES, help="where nginx and HAProxy were unpacked")
    command.add_outputs(parser, "router_compare.json")
    return command.checked(parser, words, root=False)


def _counts(text: str) -> list[int]:
    return [command.within(1, proxies.KEPT_CONNECTIONS)(word) for word in text.split(",")]


def measure(options: argparse.Namespace) -> list[Cell]:
    """Every cell, round after round. Raises LoadError, MissingProgram, RuntimeError, StartError, OSError."""
    with proxies.open_targets(options.packages.absolute()) as targets:
        loads = {target.key: wrk.prepare(target.address, target.path, PROGRAM, proxies.STDOUT,
                                         command.OUTPUT / f"proxy-{target.key}") for target in targets}
        cells = {(count, target.key): Cell("constant", count, target.name)
                 for count in options.connections for target in targets}
        for number in range(options.rounds):
            turn = number % len(targets)
            for count in options.connections:
                for target in targets[turn:] + targets[:turn]:
                    cell = cells[count, target.key]
                    run(cell, target, loads[target.key], options.seconds)
                    print(f"bench: round {number + 1}/{options.rounds}: {count} × {target.name}: "
                          f"{cell.runs[-1].failure or digits(cell.runs[-1].rate)}", file=sys.stderr, flush=True)
    return list(cells.values())


def run(cell: Cell, target: proxies.Target, load: wrk.Load, seconds: int) -> None:
    """One run of one cell."""
    wrk.run(load, cell.connections, WARM_UP_SECONDS)
    before = cost.snapshot(target.pid)
    measured = wrk.run(load, cell.connections, seconds)
    spent = cost.spent(before, cost.snapshot(target.pid), lambda _: cost.SERVER)
    cell.runs.append(measured)
    cell.cpu_ms.append({name: 1000 * value / max(1, measured.requests) for name, value in spent.items()})


def difference(ours: Cell, other: Cell, value: Callable[[wrk.Measured], float],
               compare: Callable[[float, float], float]) -> float:
    """The median over the rounds of what `compare` makes of both: neighbours in time share the machine's mood."""
    return statistics.median(compare(value(mine), value(its)) for mine, its in zip(ours.runs, other.runs))


def against(ours: Cell, other: Cell) -> dict[str, float]:
    """The ui's rate as a multiple of the other's, and by how much its latencies are shorter (ms)."""
    return {"rate": difference(ours, other, lambda one: one.rate, lambda mine, its: mine / its),
            "p50_ms": difference(ours, other, lambda one: one.p50_ms, lambda mine, its: its - mine),
            "p99_ms": difference(ours, other, lambda one: one.p99_ms, lambda mine, its: its - mine)}


def row(cell: Cell, ours: Cell) -> list[str]:
    """The cell as text."""
    key = [str(cell.connections), cell.target]
    if cell.failure:
        return key + ["FAILED"] + ["–"] * (len(COLUMNS) - 3)
    numbers = [digits(cell.median("rate")), f"±{cell.spread():.0%}", f"{cell.median('p50_ms'):.3f}",
               f"{cell.median('p99_ms'):.3f}", digits(1000 * sum(cell.cost().values()))]
    if cell is ours or ours.failure:
        return key + numbers + ["–"] * 3
    compared = against(ours, cell)
    return key + numbers + [f"×{digits(compared['rate'])}", f"{compared['p50_ms']:+.3f}", f"{compared['p99_ms']:+.3f}"]


def added_us(cells: list[Cell]) -> float | None:
    """What the ui adds to a backend's median latency at one connection, in µs; None when not measured."""
    found = {cell.target: cell for cell in cells if cell.connections == 1 and not cell.failure}
    return -1000 * against(found[OURS], found[DIRECT])["p50_ms"] if {OURS, DIRECT} <= found.keys() else None


def publish(cells: list[Cell], options: argparse.Namespace) -> int:
    """Prints the table and writes the files; the exit code."""
    ours = {cell.connections: cell for cell in cells if cell.target == OURS}
    text = f"{command.introduce(options)}; medians of {options.rounds} × {options.seconds} s.\n\n"
    text += table(COLUMNS, (row(cell, ours[cell.connections]) for cell in cells))
    added = added_us(cells)
    if added is not None:
        text += (f"\nAt one connection the ui adds {added:.0f} µs to the median latency of a backend that is called "
                 "directly.\n")
    print(text, end="")
    summary = [{"connections": cell.connections, "service": cell.target, "failure": cell.failure,
                "rounds": [asdict(one) | {"cpu_ms": spent} for one, spent in zip(cell.runs, cell.cpu_ms)]}
               for cell in cells]
    numbers = {**command.facts(options), "added_us": added, "cells": summary}
    options.json.write_text(json.dumps(numbers, indent=2) + "\n")
    if any(cell.failure for cell in cells):
        return 1
    if options.write_docs:
        write_docs(command.DOCS, text, (begin(SECTION), END))
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    options = parse(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ["PLAYGROUND_BINARY"] = str(options.binary)
    command.facts(options)  # before there is load
    try:
        return publish(measure(options), options)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (wrk.LoadError, AssertionError, OSError, RuntimeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

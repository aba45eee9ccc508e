"""What a preload saves: a program that imports libraries against `print('hello')`, with them preloaded and without.

    /usr/bin/python3 test/bench/preload.py [--modules numpy,pandas] [--rounds 9] [--requests 40] [--write-docs]

Two backends are up at the same time, one of which preloads the modules; the four cases take turns within each round, one
request after the other over one connection. Prints the medians of the time from request to reply, over all rounds, and the
ratio of each round's own medians, which a machine that is slower for a while does not move. Exit code 1 for a wrong reply.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from report import table  # noqa: E402
from support.client import Client  # noqa: E402
from support.playground import Playground  # noqa: E402

HELLO = "print('hello')"


class Case(NamedTuple):
    """A program on a backend; without a preload few requests tell enough, for each takes long."""

    name: str
    preloaded: bool
    code: str
    share: float


def cases(modules: str) -> list[Case]:
    """The first is what the others are compared with."""
    imports = f"import {modules}\n{HELLO}"
    return [Case("hello, preloaded", True, HELLO, 1), Case(f"import {modules}, preloaded", True, imports, 1),
            Case("hello, nothing preloaded", False, HELLO, 1), Case(f"import {modules}, nothing preloaded", False, imports, 0.1)]


def measure(client: Client, code: str, requests: int) -> float:
    """The median of so many replies' times, in ms. Raises RuntimeError for a wrong one."""
    times = []
    for _ in range(requests):
        start = time.perf_counter()
        outcome = client.evaluate(code)
        times.append((time.perf_counter() - start) * 1000)
        if (outcome["status"], outcome["stdout"]) != ("ok", "hello\n"):
            raise RuntimeError(f"a wrong reply: {outcome}")
    return statistics.median(times)


def measure_all(options: argparse.Namespace) -> dict[str, list[float]]:
    """For each case, the median of each round."""
    found: dict[str, list[float]] = {case.name: [] for case in cases(options.modules)}
    with contextlib.ExitStack() as stack:
        clients = {}
        for preloaded in (True, False):
            preload = {"PLAYGROUND_PRELOAD": options.modules} if preloaded else {}
            server = stack.enter_context(Playground("backend", environment=preload))
            clients[preloaded] = stack.enter_context(Client(server.backend))
        for _ in range(options.rounds):
            for case in cases(options.modules):
                requests = max(1, int(options.requests * case.share))
                found[case.name].append(measure(clients[case.preloaded], case.code, requests))
    return found


def as_markdown(found: dict[str, list[float]]) -> str:
    """A table; the ratio is the median of those of the rounds."""
    base = next(iter(found.values()))
    rows = [[name, f"{statistics.median(medians):.2f}",
             f"×{statistics.median(one / other for one, other in zip(medians, base)):.2f}"] for name, medians in found.items()]
    return table(["program", "p50, ms", "to the first"], rows, text=(0,))


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    found = measure_all(options)
    text = f"{command.introduce(options)}; medians of {options.rounds} rounds.\n\n{as_markdown(found)}"
    command.publish(options, {"preload": text}, {"p50_ms": found})
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("What a preload saves.", "preload.json")
    command.add_rounds(parser, 9)
    parser.add_argument("--modules", default="numpy,pandas", help="what is preloaded (%(default)s)")
    parser.add_argument("--requests", type=command.within(1, 10_000), default=40,
                        help="in each round, of each case that is quick (%(default)s)")
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the sandbox costs: the same backend with each tier, measured in one run.

    /usr/bin/python3 test/bench/sandbox.py [--binary build/release/playground] [--rounds 5] [--seconds 3] [--write-docs]

One server for each tier that this machine reaches, up at the same time; they take turns within each round, as in run.py,
whose checks and exit codes these are. The ratios are to the server without a sandbox: below ×1.00 is what it costs.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import servers  # noqa: E402
import turns  # noqa: E402
import workload  # noqa: E402
import wrk  # noqa: E402
from report import Cell, Report  # noqa: E402
from support.client import get  # noqa: E402
from support.playground import Playground  # noqa: E402

TIERS = ("none", "T0", "T1", "T2")
CONNECTIONS = (1, 32)
PROGRAM = "hello"


@contextlib.contextmanager
def open_tiers() -> Iterator[list[servers.Target]]:
    """A backend for each tier that is reached here. Raises StartError when one does not start."""
    with contextlib.ExitStack() as stack:
        targets = []
        for tier in TIERS:
            server = stack.enter_context(Playground("backend", environment={
                "PLAYGROUND_SANDBOX": "none", "PLAYGROUND_SANDBOX_MAX": tier}))
            if get(server.admin, "/debug/state").json()["backend"]["sandbox"]["tier"] == tier:
                targets.append(servers.of_backend(tier, tier, server))
        yield targets


def measure(options: argparse.Namespace) -> Report:
    """All tiers, by turns. Raises what command.FAILURES has."""
    asks = []
    with open_tiers() as targets:
        loads = [wrk.prepare(target.address, target.path, workload.load(PROGRAM), command.OUTPUT / "loads" / f"sandbox-{target.key}")
                 for target in targets]
        for count in CONNECTIONS:
            asks += [(Cell(PROGRAM, count, target.key, target.name),
                      functools.partial(target.measure, load, count, options.seconds)) for target, load in zip(targets, loads)]
        turns.measure(asks, options.rounds)
    return Report([cell for cell, _ in asks], TIERS[0])


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    report = measure(options)
    text = (f"{command.introduce(options)}; medians of {options.rounds} × {options.seconds} s of {PROGRAM}.\n\n"
            + report.table_of(PROGRAM))
    command.publish(options, {"sandbox": text}, report.as_numbers())
    return 1 if report.failed else 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("What each tier of the sandbox costs.", "sandbox.json")
    command.add_rounds(parser, 5, 3)
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

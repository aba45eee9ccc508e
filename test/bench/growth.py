"""What hello costs as the work grows: the pool, the connections, the source, the output, what is preloaded.

    /usr/bin/python3 test/bench/growth.py [--binary build/release/playground] [--rounds 5] [--only pool,output] [--write-docs]

One evaluation at a time, over one connection. All servers of a sweep are up at the same time, and its points take turns
within each round, in the opposite order each time. A part of `make bench`; by itself it writes build/bench/growth.json. Exit
code: 0, 1 when a reply was wrong or a server did not start or stop, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import growth_report  # noqa: E402
import probe  # noqa: E402
import servers  # noqa: E402
from many_clients import IdleClients, most_connections  # noqa: E402
from support.client import evaluate  # noqa: E402
from sweeps import Point, Sweep, sweeps  # noqa: E402

NAMES = tuple(sweep.key for sweep in sweeps())
SECONDS = 0.5  # of a point in a round
ROUNDS = 5
GET = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"


@dataclass
class Measured:
    """One point: what each round found."""

    point: Point
    bursts: list[probe.Burst] = field(default_factory=list)

    @property
    def p50_ms(self) -> float:
        return statistics.median(one.p50_ms for one in self.bursts)

    @property
    def range_ms(self) -> tuple[float, float]:
        """The fastest and the slowest round's."""
        return min(one.p50_ms for one in self.bursts), max(one.p50_ms for one in self.bursts)

    @property
    def cpu_ms(self) -> float:
        """Of one evaluation: all rounds together, for the kernel's accounts are in hundredths of a second."""
        return 1000 * sum(one.cpu_seconds for one in self.bursts) / sum(one.count for one in self.bursts)


def measure(names: list[str], rounds: int) -> dict[str, list[Measured]]:
    """The sweeps of these names. Raises AssertionError, OSError."""
    return {sweep.key: run(sweep, rounds) for sweep in sweeps() if sweep.key in names}


def run(sweep: Sweep, rounds: int) -> list[Measured]:
    """One sweep, round after round."""
    sweep = possible(sweep)
    with contextlib.ExitStack() as stack:
        targets = start(stack, sweep)
        found = [Measured(counted(sweep, point, target)) for point, target in zip(sweep.points, targets)]
        pairs = list(zip(found, targets))
        for number in range(rounds):
            for one, target in pairs if number % 2 == 0 else reversed(pairs):
                with IdleClients(target.address, one.point.idle, GET):
                    one.bursts.append(probe.burst(target, one.point.sample, SECONDS))
            print(f"bench: round {number + 1}/{rounds} of {sweep.title}: "
                  + ", ".join(f"{one.point.label} {one.bursts[-1].p50_ms:.2f} ms" for one in found), file=sys.stderr, flush=True)
    return found


def possible(sweep: Sweep) -> Sweep:
    """Without the points that need more open files than the hard limit allows."""
    most = most_connections()
    if any(point.idle > most for point in sweep.points):
        print(f"bench: {sweep.title}: no more than {most} connections, by the hard RLIMIT_NOFILE", file=sys.stderr)
    return replace(sweep, points=[point for point in sweep.points if point.idle <= most])


def start(stack: contextlib.ExitStack, sweep: Sweep) -> list[servers.Target]:
    """A backend for each point; points with the same settings share theirs."""
    running: dict[tuple, servers.Target] = {}
    targets = []
    for point in sweep.points:
        settings = tuple(sorted(point.settings.items()))
        if settings not in running:
            running[settings] = servers.backend(stack, sweep.key, point.label, point.settings)
        targets.append(running[settings])
    return targets


def counted(sweep: Sweep, point: Point, target: servers.Target) -> Point:
    """The point with its x."""
    return point if sweep.counted is None else replace(point, x=int(evaluate(target.address, sweep.counted)["stdout"]))


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    found = measure(options.only, options.rounds)
    report = growth_report.of(found)
    text = f"{command.introduce(options)}; medians of {options.rounds} rounds.\n\n{report.text}"
    command.publish(options, {"growth": text}, {"growth": report.numbers})
    command.draw(options, report.charts)
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("What hello costs as the work grows.", "growth.json")
    command.add_rounds(parser, ROUNDS)
    parser.add_argument("--only", type=command.several(command.one_of(NAMES)), default=list(NAMES), metavar="NAME,…",
                        help=f"of {', '.join(NAMES)} (all)")
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Rolling restarts under load: both backends end by SIGTERM and start again, one after the other, many times.

    /usr/bin/python3 test/bench/rolling.py [--binary FILE] [--requests 100000] [--restarts 20]

The restarts are spread over the requests, which 32 connections send as fast as replies come: when requests are
through before restarts, more requests follow. Needs root. Exit code: 0, 1 when any request failed, 2 for a wrong
command.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from report import digits, table  # noqa: E402
from router import outcomes  # noqa: E402
from router.cluster import Cluster, Site  # noqa: E402
from router.isolation import run_isolated  # noqa: E402
from router.traffic import Traffic  # noqa: E402

CONNECTIONS = 32
COLUMNS = ("requests", "failures", "restarts of both", "seconds", "requests/s", "p50 ms", "p99 ms", "longest s")


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = command.parser("Restart both backends again and again under load.", "rolling.json")
    parser.add_argument("--requests", type=command.within(1, 100_000_000), default=100_000, help="at least (100000)")
    parser.add_argument("--restarts", type=command.within(0, 10_000), default=20, help="of both backends (20)")
    parser.add_argument("--rate", type=command.within(0, 5000), default=0,
                        help="requests a second; 0: as many as the connections can (0)")
    return command.checked(parser, words, root=True)


def measure(options: argparse.Namespace) -> tuple[list[outcomes.Record], float]:
    """Every request's outcome, and the seconds that it took. Raises OSError, RuntimeError, StartError, StopError."""
    with Cluster(Site()) as cluster:
        begin = time.monotonic()
        with Traffic(cluster.ui_address, options.rate, CONNECTIONS, at_least=options.requests) as traffic:
            for number in range(options.restarts):
                traffic.wait_count(options.requests * number // options.restarts)
                cluster.roll()
                print(f"bench: restart {number + 1} of {options.restarts}, {traffic.count} requests",
                      file=sys.stderr, flush=True)
        return traffic.records, time.monotonic() - begin


def work(options: argparse.Namespace) -> int:
    """All of it; the exit code."""
    command.facts(options)  # before there is load
    records, seconds = measure(options)
    whole = outcomes.phase(records)
    failures = ", ".join(f"{count} × {kind}" for kind, count in whole.failures.items()) or "0"
    row = [str(whole.requests), failures, str(options.restarts), digits(seconds), digits(whole.requests / seconds),
           digits(whole.p50_ms or 0), digits(whole.p99_ms or 0), digits((whole.max_ms or 0) / 1000)]
    text = f"{command.introduce(options)}, {CONNECTIONS} connections.\n\n" + table(COLUMNS, [row])
    first = next((record.detail for record in records if record.kind != outcomes.OK), "")
    numbers = {"restarts": options.restarts, "seconds": seconds, "first_failure": first, "shares": outcomes.shares(records),
               **outcomes.as_json(whole)}
    command.publish(options, {"rolling restarts": text}, numbers)  # failures too: they are the result
    if whole.failures:
        print(f"bench: first failure: {first}", file=sys.stderr)
    return 1 if whole.failures else 0


if __name__ == "__main__":
    arguments = parse(sys.argv[1:])
    sys.exit(run_isolated(lambda: work(arguments)))

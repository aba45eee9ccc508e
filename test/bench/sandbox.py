"""What the sandbox costs: the same backend with each tier, measured in one run.

    /usr/bin/python3 test/bench/sandbox.py [--binary build/release/playground] [--rounds 5] [--seconds 3] [--json] [--write-docs]

One server for each tier that this machine reaches, up at the same time; they take turns within each round, as in run.py,
whose checks and exit codes these are. The ratios are to the server without a sandbox: below ×1.00 is what it costs.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import cost  # noqa: E402
import machine  # noqa: E402
import run  # noqa: E402
import servers  # noqa: E402
import wrk  # noqa: E402
from report import Report, write_docs  # noqa: E402
from support import processes  # noqa: E402
from support.client import EVAL_PATH, get  # noqa: E402
from support.playground import Playground  # noqa: E402

TIERS = ("none", "T0", "T1", "T2")
CONNECTIONS = (1, 32)
MARKS = ("<!-- sandbox: written by test/bench/sandbox.py -->", "<!-- end of sandbox -->")


@contextlib.contextmanager
def open_tiers() -> Iterator[list[servers.Target]]:
    """A backend for each tier that is reached here; StartError when one does not start."""
    with contextlib.ExitStack() as stack:
        targets = []
        for tier in TIERS:
            server = stack.enter_context(Playground("backend", environment={
                "PLAYGROUND_SANDBOX": "none", "PLAYGROUND_SANDBOX_MAX": tier}))
            if get(server.admin, "/debug/state").json()["backend"]["sandbox"]["tier"] == tier:
                targets.append(target(tier, server))
        yield targets


def target(tier: str, server: Playground) -> servers.Target:
    """A running backend as something to put load on."""
    part = cost.playground_parts(server.pid, processes.family(server.pid))
    return servers.Target(f"sandbox-{tier}", tier, server.backend, EVAL_PATH, {cost.SERVER: server.pid},
                          lambda _, process: part(process))


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="What each tier of the sandbox costs.")
    run.add_options(parser, rounds=5, seconds=3, connections=CONNECTIONS, programs=("hello",))
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args(words)
    run.verify(parser, options)
    return options


def introduce(options: argparse.Namespace, words: list[str], busy: float) -> str:
    """What a reader has to know about the numbers."""
    there = machine.describe()
    command = shlex.join(["test/bench/sandbox.py", *(word for word in words if word != "--write-docs")])
    return (f"{datetime.date.today().isoformat()}, `{command}`: medians of {options.rounds} × {options.seconds} s. "
            f"{there['cores']} cores, Linux {there['kernel']}, Python {there['python']}. "
            f"{machine.company(busy)}\n")


def main(words: list[str]) -> int:
    """The command; its exit code."""
    options = parse(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ["PLAYGROUND_BINARY"] = str(options.binary.absolute())
    run.OUTPUT.mkdir(parents=True, exist_ok=True)
    busy = machine.busy_share(1.0)
    try:
        cells = run.measure_all(options, open_tiers)
    except (wrk.LoadError, AssertionError, OSError, RuntimeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    report = Report(cells, TIERS[0], {"busy_before": round(busy, 3), "machine": machine.describe()})
    text = f"{introduce(options, words, busy)}\n{report.as_markdown()}"
    print(report.as_json() if options.json else text, end="")
    if report.failed:
        return 1
    if options.write_docs:
        write_docs(run.DOCS, text, MARKS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

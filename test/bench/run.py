"""`make bench`: Playground against Flask + gunicorn + subprocess, measured in one run.

    /usr/bin/python3 test/bench/run.py --binary build/release/playground [--rounds 3] [--seconds 4]

All servers are up at the same time and take their turns within each round, in another order each time,
so that a machine that becomes slower or faster does so for everyone. Only one of them has load at a
time. Exit code: 0, 1 when a reply was wrong or a server did not stop clean, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import machine  # noqa: E402
import servers  # noqa: E402
import wrk  # noqa: E402
from report import Cell, Report, write_docs  # noqa: E402

OUTPUT = ROOT / "build" / "bench"
DOCS = ROOT / "docs" / "benchmarks.md"
# Beside each NAME.py stands what it prints, as NAME.out.
FOLDER = HERE / "programs"
PROGRAMS = ("hello", "dataclasses_json", "cpu_20ms")
CONNECTIONS = (1, 8, 32)
MAX_CONNECTIONS = 256

# What keeps the servers up that are compared.
Opener = Callable[[], AbstractContextManager[list[servers.Target]]]

WARM_UP_SECONDS = 1


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure Playground against Flask + gunicorn + subprocess.")
    add_options(parser, rounds=3, seconds=4, connections=CONNECTIONS, programs=PROGRAMS)
    options = parser.parse_args(words)
    verify(parser, options)
    return options


def add_options(parser: argparse.ArgumentParser, rounds: int, seconds: int, connections: tuple[int, ...],
                programs: tuple[str, ...]) -> None:
    """What every comparison of servers can be told, with these defaults."""
    parser.add_argument("--binary", type=Path, default=ROOT / "build" / "release" / "playground")
    parser.add_argument("--rounds", type=int, default=rounds, help="how often each cell is measured (%(default)s)")
    parser.add_argument("--seconds", type=int, default=seconds, help="how long each time (%(default)s)")
    parser.add_argument("--programs", type=_names, default=list(programs), metavar="NAME,…",
                        help=f"of {', '.join(PROGRAMS)} ({','.join(programs)})")
    parser.add_argument("--connections", type=_counts, default=list(connections), metavar="N,…",
                        help=f"{','.join(map(str, connections))}")
    parser.add_argument("--write-docs", action="store_true", help="write the numbers into docs/benchmarks.md")


def verify(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Ends the process with 2 and a line that says what is wrong with add_options' values."""
    if not 1 <= options.rounds <= 100 or not 1 <= options.seconds <= 60:
        parser.error("--rounds goes from 1 to 100, --seconds from 1 to 60")
    if not os.access(options.binary, os.X_OK):
        parser.error(f"no server at {options.binary}: make build")


def _names(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in PROGRAMS:
            raise argparse.ArgumentTypeError(f"no program {name!r}; there are {', '.join(PROGRAMS)}")
    return names


def _counts(text: str) -> list[int]:
    counts = [int(word) for word in text.split(",")]
    if not all(1 <= count <= MAX_CONNECTIONS for count in counts):
        raise argparse.ArgumentTypeError(f"from 1 to {MAX_CONNECTIONS} connections")
    return counts


def measure(cell: Cell, target: servers.Target, prepared: wrk.Load, seconds: int) -> None:
    """One run of one cell."""
    wrk.run(prepared, cell.connections, WARM_UP_SECONDS)
    target.wait_idle()
    before = target.snapshots()
    measured = wrk.run(prepared, cell.connections, seconds)
    # At once: what is done for the requests that wrk leaves behind belongs to no reply.
    spent = target.spent(before)
    target.wait_idle()
    count = max(1, measured.requests)
    cell.runs.append(measured)
    cell.cpu_ms.append({name: 1000 * value / count for name, value in spent.items()})


def measure_all(options: argparse.Namespace, open_targets: Opener = servers.open_targets) -> list[Cell]:
    """Every cell, round after round. Raises wrk.LoadError, StartError, StopError."""
    with open_targets() as targets:
        cells = {(program, connections, target.name): Cell(program, connections, target.name)
                 for program in options.programs for connections in options.connections
                 for target in targets}
        prepared = {(program, target.name): prepare(program, target)
                    for program in options.programs for target in targets}
        started = time.monotonic()
        done = 0
        for number in range(options.rounds):
            first = number % len(targets)
            for program in options.programs:
                for connections in options.connections:
                    for target in targets[first:] + targets[:first]:
                        cell = cells[program, connections, target.name]
                        measure(cell, target, prepared[program, target.name], options.seconds)
                        done += 1
                        left = (time.monotonic() - started) / done * (len(cells) * options.rounds - done)
                        tell(cell, f"round {number + 1}/{options.rounds}, {left:.0f} s left")
    return list(cells.values())


def prepare(program: str, target: servers.Target) -> wrk.Load:
    """The load of one program on one target."""
    code, stdout = ((FOLDER / f"{program}.{suffix}").read_text() for suffix in ("py", "out"))
    return wrk.prepare(target.address, target.path, code, stdout, OUTPUT / f"{program}-{target.key}")


def tell(cell: Cell, where: str) -> None:
    """One line about the run that has just ended, on stderr."""
    run = cell.runs[-1]
    what = run.failure or f"{run.rate:.0f}/s, p50 {run.p50_ms:.2f} ms, p99 {run.p99_ms:.2f} ms"
    print(f"bench: {where}: {cell.program}, {cell.connections} × {cell.target}: {what}",
          file=sys.stderr, flush=True)


def collect_facts(options: argparse.Namespace, words: list[str], busy: float) -> dict[str, object]:
    """What a reader has to know about the numbers."""
    command = shlex.join(["test/bench/run.py", *(word for word in words if word != "--write-docs")])
    return {"date": datetime.date.today().isoformat(), "command": command, "rounds": options.rounds,
            "seconds": options.seconds, "busy_before": round(busy, 3), "machine": machine.describe()}


def introduce(facts: dict) -> str:
    """The same as text, above the tables."""
    there = facts["machine"]
    return (
        f"{facts['date']}, `{facts['command']}`: medians of {facts['rounds']} × {facts['seconds']} s.\n\n"
        f"{there['cores']} cores, {there['cpu']}, Linux {there['kernel']}, Python {there['python']}, "
        f"Flask {there['flask']}, gunicorn {there['gunicorn']} with {servers.GUNICORN_WORKERS} sync workers, "
        f"wrk {there['wrk']}. {machine.company(facts['busy_before'])}\n")


def main(words: list[str]) -> int:
    """The command; its exit code."""
    options = parse(words)
    # An end by SIGTERM takes the servers along, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ["PLAYGROUND_BINARY"] = str(options.binary.absolute())
    OUTPUT.mkdir(parents=True, exist_ok=True)
    try:
        busy = machine.busy_share(1.0)
        if busy > machine.QUIET_SHARE:
            print(f"bench: {busy:.0%} of the cores are in use by others: expect noise", file=sys.stderr)
        cells = measure_all(options)
    except KeyboardInterrupt:
        print("bench: interrupted, the servers are stopped", file=sys.stderr)
        return 128 + signal.SIGINT
    except (wrk.LoadError, AssertionError, OSError, RuntimeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    report = Report(cells, servers.BASELINE, collect_facts(options, words, busy))
    return publish(report, options.write_docs)


def publish(report: Report, docs: bool) -> int:
    """Prints the report and writes its files; the exit code."""
    text = f"{introduce(report.facts)}\n{report.as_markdown()}"
    print(text, end="")
    (OUTPUT / "report.json").write_text(report.as_json())
    for cell in report.failed:
        print(f"bench: FAILED: {cell.program}, {cell.connections} × {cell.target}: {cell.failure}",
              file=sys.stderr)
    if report.failed:
        return 1
    if docs:
        write_docs(DOCS, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

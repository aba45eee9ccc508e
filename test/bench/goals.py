"""The second half of `make bench`: what the service promises, measured in one run against the floor, Flask, bubblewrap and itself.

    /usr/bin/python3 test/bench/goals.py --binary build/release/playground [--rounds 5] [--seconds 3]

All servers are up at the same time and take turns within each round, each time in the opposite order. Numbers are
medians over the rounds. Exit code: 0, also when a goal is missed; 1 when a reply was wrong or something did not
start, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import cost  # noqa: E402
import direct  # noqa: E402
import pss  # noqa: E402
import run  # noqa: E402
import servers  # noqa: E402
import wrk  # noqa: E402
from report import digits, table, write_docs  # noqa: E402
from support import processes  # noqa: E402
from support.client import EVAL_PATH  # noqa: E402
from support.playground import Playground  # noqa: E402

MARKS = ("<!-- goals: written by test/bench/goals.py -->", "<!-- end of goals -->")
HEAVY = "numpy,pandas,matplotlib"
FLOOR, BUBBLEWRAP = "floor", "bubblewrap"
POOL_SIZES = (1, 256)


@dataclass(frozen=True)
class Load:
    """Who is measured, on what, with how many at a time."""

    target: str
    program: str
    at_a_time: int


LOADS = tuple(Load(*words) for words in (
    (FLOOR, "hello", 1), (FLOOR, "hello", 4), (BUBBLEWRAP, "hello", 1), ("baseline", "hello", 1), ("baseline", "hello", 32),
    ("backend", "hello", 1), ("backend", "hello", 32), ("ui", "hello", 1), ("numpy", "hello", 1), ("numpy", "numpy_mean", 1),
    ("heavy", "hello", 1), ("heavy", "hello", 32), *((f"pool {size}", "hello", 1) for size in POOL_SIZES)))


@dataclass
class Seen:
    """Medians over the rounds. `cpu`: CPU ms for each evaluation, where it was counted."""

    rate: float
    p50: float
    p99: float
    cpu: float


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure what the service promises.")
    command.add_binary(parser)
    parser.add_argument("--rounds", type=command.within(1, 100), default=5, help="how often each is measured (5)")
    parser.add_argument("--seconds", type=command.within(1, 60), default=3, help="how long each time (3)")
    command.add_outputs(parser, "goals.json")
    return command.checked(parser, words, root=False)


@contextlib.contextmanager
def open_targets() -> Iterator[tuple[dict[str, servers.Target], pss.Memory]]:
    """Every server, and what the plain backend takes while it is idle."""
    with contextlib.ExitStack() as stack:
        targets = {target.key: target for target in stack.enter_context(servers.open_targets())}
        settings = {"numpy": {"PLAYGROUND_PRELOAD": "numpy"}, "heavy": {"PLAYGROUND_PRELOAD": HEAVY}}
        settings |= {f"pool {size}": {"PLAYGROUND_POOL_SIZE": str(size)} for size in POOL_SIZES}
        for key, environment in settings.items():
            targets[key] = backend(stack, key, environment)
        targets["backend"].wait_idle()
        yield targets, pss.of(targets["backend"].leaders[cost.SERVER])


def backend(stack: contextlib.ExitStack, key: str, environment: dict[str, str]) -> servers.Target:
    """One more backend with these settings."""
    server = stack.enter_context(Playground("backend", environment=environment))
    part = cost.playground_parts(server.pid, processes.family(server.pid))
    return servers.Target(key.replace(" ", "-"), key, server.backend, EVAL_PATH, {cost.SERVER: server.pid},
                          lambda _, process: part(process))


def measure(options: argparse.Namespace) -> tuple[dict[Load, Seen], pss.Memory]:
    """Everything, round after round. Raises LoadError, StartError, RuntimeError, OSError."""
    runs: dict[Load, list[tuple[wrk.Measured, float]]] = {load: [] for load in LOADS}
    with open_targets() as (targets, memory):
        ask = {load: asker(load, targets, options) for load in LOADS}
        for number in range(options.rounds):
            for load in LOADS if number % 2 == 0 else reversed(LOADS):
                one = ask[load]()
                if one[0].failure:
                    raise wrk.LoadError(f"{load}: {one[0].failure}")
                runs[load].append(one)
                print(f"bench: round {number + 1}/{options.rounds}: {load.at_a_time} × {load.target}, {load.program}: "
                      f"{one[0].rate:.0f}/s, p50 {one[0].p50_ms:.2f} ms", file=sys.stderr, flush=True)
    return {load: summary(found) for load, found in runs.items()}, memory


def summary(runs: list[tuple[wrk.Measured, float]]) -> Seen:
    """The medians of one load's rounds."""
    middle = statistics.median
    return Seen(*(middle(getattr(one, name) for one, _ in runs) for name in ("rate", "p50_ms", "p99_ms")),
                middle(cpu for _, cpu in runs))


def asker(load: Load, targets: dict[str, servers.Target],
          options: argparse.Namespace) -> Callable[[], tuple[wrk.Measured, float]]:
    """What runs this load once. Asks a server once before, in full."""
    code, stdout = ((run.FOLDER / f"{load.program}.{suffix}").read_text() for suffix in ("py", "out"))
    if load.target == FLOOR:
        return lambda: direct.floor(options.binary.with_name("bench_floor"), options.seconds, load.at_a_time)
    if load.target == BUBBLEWRAP:
        return lambda: (direct.bubblewrap(code, stdout, options.seconds, load.at_a_time), 0.0)
    target = targets[load.target]
    prepared = wrk.prepare(target.address, target.path, code, stdout,
                           command.OUTPUT / f"goals-{target.key}-{load.program}")

    def ask() -> tuple[wrk.Measured, float]:
        wrk.run(prepared, load.at_a_time, run.WARM_UP_SECONDS)
        target.wait_idle()
        before = target.snapshots()
        found = wrk.run(prepared, load.at_a_time, options.seconds)
        target.wait_idle()
        return found, 1000 * sum(target.spent(before).values()) / max(1, found.requests)

    return ask


@dataclass(frozen=True)
class Goal:
    """One promise: `value` at most, or at least, `bound`."""

    name: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def cells(self) -> list[str]:
        sign = "≥" if self.at_least else "≤"
        return [self.name, digits(self.value), f"{sign} {self.bound:g}", "yes" if self.met else "NO"]


def goals(seen: dict[Load, Seen], memory: pss.Memory) -> list[Goal]:
    """All of them, from what was measured."""
    def at(target: str, program: str = "hello", count: int = 1) -> Seen:
        return seen[Load(target, program, count)]

    one, many = at("backend"), at("backend", count=32)
    first, last = (at(f"pool {size}").p50 for size in POOL_SIZES)
    return [
        Goal("hello, 1 connection: p50, of the floor's", one.p50 / at(FLOOR).p50, 0.40),
        Goal("hello, 1 connection: p99, of its p50", one.p99 / one.p50, 3),
        Goal("hello, 32 connections: rate, of the floor's on both cores", many.rate / at(FLOOR, count=4).rate, 1.0, True),
        Goal("times the rate of Flask + gunicorn + subprocess", many.rate / at("baseline", count=32).rate, 18, True),
        Goal("its p50, of ours", at("baseline").p50 / one.p50, 40, True),
        Goal("p50 of bubblewrap + cold python, of ours", at(BUBBLEWRAP).p50 / one.p50, 10, True),
        Goal("numpy preloaded: p50 of a program that imports it, of hello's", at("numpy", "numpy_mean").p50 / one.p50, 1.3),
        Goal(f"hello from a zygote with {HEAVY}: CPU of one, of a plain one's", at("heavy", count=32).cpu / many.cpu, 1.7),
        Goal("the ui in front: p50 more, µs", 1000 * (at("ui").p50 - one.p50), 100),
        Goal("256 idle interpreters instead of 1: p50", last / first, 1.1),
        Goal("memory of one more ready interpreter, MB", memory.worker, 1.5),
        Goal("memory of the idle server, MB", memory.server, 12),
        Goal("memory of the zygote, MB", memory.zygote, 24),
    ]


def as_markdown(seen: dict[Load, Seen], found: list[Goal]) -> str:
    """Both tables: the goals, and what they were computed from."""
    rows = ([load.target, load.program, str(load.at_a_time), digits(one.rate), digits(one.p50), digits(one.p99),
             digits(one.cpu) if one.cpu else "–"] for load, one in seen.items())
    return (table(("goal", "measured", "wanted", "met"), (goal.cells() for goal in found), text=(0,)) + "\n" +
            table(("target", "program", "at a time", "evaluations/s", "p50 ms", "p99 ms", "CPU ms"), rows, text=(0, 1)))


def publish(options: argparse.Namespace, seen: dict[Load, Seen], memory: pss.Memory) -> None:
    """Prints the tables and writes the files."""
    found = goals(seen, memory)
    text = f"{command.introduce(options)}; medians of {options.rounds} × {options.seconds} s.\n\n{as_markdown(seen, found)}"
    print(text, end="")
    numbers = {**command.facts(options), "memory_mb": vars(memory),
               "goals": [{**vars(goal), "met": goal.met} for goal in found],
               "loads": [{**vars(load), **vars(one)} for load, one in seen.items()]}
    options.json.write_text(json.dumps(numbers, indent=2, ensure_ascii=False) + "\n")
    if options.write_docs:
        write_docs(command.DOCS, text, MARKS)


def main(words: list[str]) -> int:
    """The command; its exit code."""
    options = parse(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ["PLAYGROUND_BINARY"] = str(options.binary)
    command.facts(options)  # before there is load
    try:
        publish(options, *measure(options))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (wrk.LoadError, AssertionError, OSError, RuntimeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What every command of the benches has in common: words, facts, signals, errors, places."""

from __future__ import annotations

import argparse
import datetime
import http.client
import json
import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import docs
import machine

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "bench"

# What a server, a load or the machine may do to a bench; anything else is a bug of the bench.
FAILURES = (AssertionError, OSError, RuntimeError, http.client.HTTPException)


def within(low: int, high: int) -> Callable[[str], int]:
    """A type of argparse: a whole number in that range."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return number


def several(one: Callable[[str], object]) -> Callable[[str], list]:
    """A type of argparse: words that `one` takes, separated by commas, each once."""
    return lambda text: list(dict.fromkeys(one(word) for word in text.split(",")))


def one_of(names: tuple[str, ...]) -> Callable[[str], str]:
    """A type of argparse: one of the names."""

    def name(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"there is no {text!r}, only {', '.join(names)}")
        return text

    return name


def parser(description: str, output: str, documented: bool = True) -> argparse.ArgumentParser:
    """With --binary, --json (build/bench/OUTPUT) and, where the docs have a place for it, --write-docs."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--binary", type=Path, default=ROOT / "build" / "release" / "playground", help="the server")
    made.add_argument("--json", type=Path, default=OUTPUT / output, help=f"where every number goes (build/bench/{output})")
    if documented:
        made.add_argument("--write-docs", action="store_true", help="write what was measured into docs/benchmarks*")
    else:
        made.set_defaults(write_docs=False)
    return made


def add_rounds(made: argparse.ArgumentParser, rounds: int, seconds: int | None = None, most_seconds: int = 60) -> None:
    """--rounds and, where a default is given, --seconds."""
    made.add_argument("--rounds", type=within(1, 100), default=rounds, help="how often each is measured (%(default)s)")
    if seconds is not None:
        made.add_argument("--seconds", type=within(1, most_seconds), default=seconds, help="how long each time (%(default)s)")


def checked(made: argparse.ArgumentParser, words: list[str], root: bool = False) -> argparse.Namespace:
    """The options, usable: the server exists and is what support.playground starts. `root`: whether that is needed."""
    options = made.parse_args(words)
    options.binary = options.binary.absolute()
    if not os.access(options.binary, os.X_OK):
        made.error(f"no server at {options.binary}: make build")
    if root and os.geteuid() != 0:
        made.error("namespaces need root")
    os.environ["PLAYGROUND_BINARY"] = str(options.binary)
    options.line = told(words)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    return options


def told(words: list[str]) -> str:
    """The command as the docs have it: without what writes them, and without the machine's own paths."""
    kept = [Path(word).name if word.startswith("/") else word for word in words if word != "--write-docs"]
    return shlex.join(["test/bench/" + Path(sys.argv[0]).name, *kept])


def run(work: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """The exit code: work's, 1 with a line on stderr for what FAILURES has, 128 and more for a signal.

    An end by SIGTERM takes the servers along, as Ctrl-C does.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    facts(options)  # before there is load
    try:
        return work(options)
    except KeyboardInterrupt:
        print("bench: interrupted, the servers are stopped", file=sys.stderr)
        return 128 + signal.SIGINT
    except FAILURES as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def facts(options: argparse.Namespace) -> dict[str, object]:
    """What a reader has to know about the numbers. Takes a second, the first time, to see how busy the machine is."""
    if "facts" not in options:
        busy = machine.busy_share(1.0)
        options.facts = {"date": datetime.date.today().isoformat(), "command": options.line, "machine": machine.describe(),
                         "busy": round(busy, 3)}
        if busy > machine.QUIET_SHARE:
            print(f"bench: {busy:.0%} of the cores are in use by others: expect noise", file=sys.stderr)
    return options.facts


def introduce(options: argparse.Namespace) -> str:
    """The same as the beginning of a sentence."""
    known = facts(options)
    there = known["machine"]
    return (f"{known['date']}, `{known['command']}`, {there['cores']} cores, {there['cpu']}, Linux {there['kernel']}, "
            f"Python {there['python']}; others used {known['busy']:.0%} of the cores before the start")


def publish(options: argparse.Namespace, texts: dict[str, str], numbers: dict[str, object]) -> None:
    """Prints the texts, writes the numbers with the facts into --json, and each text into its section of the docs if that
    was asked for."""
    print("\n\n".join(text.rstrip("\n") for text in texts.values()))
    options.json.write_text(json.dumps({**facts(options), **numbers}, indent=2, ensure_ascii=False) + "\n")
    if options.write_docs:
        for section, text in texts.items():
            docs.write(section, text)


def draw(options: argparse.Namespace, charts: dict[str, str]) -> None:
    """Writes charts (SVG by name) beside the numbers, and into the docs if that was asked for."""
    for name, svg in charts.items():
        (options.json.parent / f"{name}.svg").write_text(svg)
        if options.write_docs:
            docs.write_chart(name, svg)

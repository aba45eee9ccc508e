"""What the commands of the router's benches have in common: words, facts, places."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "bench"
DOCS = ROOT / "docs" / "benchmarks.md"


def within(low: int, high: int) -> Callable[[str], int]:
    """A type of argparse: a whole number in that range."""

    def number(text: str) -> int:
        if not text.isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return number


def add_binary(parser: argparse.ArgumentParser) -> None:
    """--binary: the server."""
    parser.add_argument("--binary", type=Path, default=ROOT / "build" / "release" / "playground")


def add_outputs(parser: argparse.ArgumentParser, name: str) -> None:
    """--json and --write-docs."""
    parser.add_argument("--json", type=Path, default=OUTPUT / name, help=f"where every number goes (build/bench/{name})")
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/benchmarks.md")


def checked(parser: argparse.ArgumentParser, words: list[str], root: bool = True) -> argparse.Namespace:
    """The options, usable: the binary and the folder for the numbers exist. `root`: whether that is needed."""
    options = parser.parse_args(words)
    options.binary = options.binary.absolute()
    if not os.access(options.binary, os.X_OK):
        parser.error(f"no server at {options.binary}: make build")
    if root and os.geteuid() != 0:
        parser.error("namespaces need root")
    options.json.parent.mkdir(parents=True, exist_ok=True)
    return options


def facts(options: argparse.Namespace) -> dict[str, object]:
    """What a reader has to know about the numbers. Takes a second to see how busy the machine is."""
    if "facts" not in options:
        line = shlex.join(["test/bench/" + Path(sys.argv[0]).name, *(w for w in sys.argv[1:] if w != "--write-docs")])
        options.facts = {"date": datetime.date.today().isoformat(), "command": line, "machine": machine.describe(),
                         "busy": round(machine.busy_share(1.0), 3)}
    return options.facts


def introduce(options: argparse.Namespace) -> str:
    """The same as the beginning of a sentence."""
    known = facts(options)
    there = known["machine"]
    return (f"{known['date']}, `{known['command']}`, {there['cores']} cores, {there['cpu']}, Linux {there['kernel']}; "
            f"others used {known['busy']:.0%} of the cores")

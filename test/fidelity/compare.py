"""Compares two outcomes to the last byte, and tells a difference so that a person sees it."""

from __future__ import annotations

import difflib
import sys
import urllib.parse
from pathlib import Path

from outcome import Outcome
from program import Program

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.client import Client  # noqa: E402

DIFF_LINES = 80  # a difference in a big output is told by its beginning
LINE_CHARACTERS = 400


def difference(expected: Outcome, actual: Outcome) -> str:
    """How `actual` differs from `expected`, folders stripped on both sides; "" when it does not."""
    expected, actual = expected.stripped(), actual.stripped()
    found = [
        f"{name}: expected {getattr(expected, name)!r}, got {getattr(actual, name)!r}"
        for name in ("status", "exit_code", "signal")
        if getattr(expected, name) != getattr(actual, name)
    ]
    found += [_diff(name, getattr(expected, name), getattr(actual, name))
              for name in ("stdout", "stderr")]
    return "\n".join(part for part in found if part)


def _diff(name: str, expected: str, actual: str) -> str:
    if expected == actual:
        return ""
    lines = list(difflib.unified_diff(_visible(expected), _visible(actual), f"{name} expected",
                                      f"{name} got", lineterm=""))
    if not lines:
        lines = [f"{name}: differs beyond the first {LINE_CHARACTERS} characters of a line"]
    if len(lines) > DIFF_LINES:
        lines[DIFF_LINES:] = [f"… {len(lines) - DIFF_LINES} more lines"]
    return "\n".join(lines)


def _visible(text: str) -> list[str]:
    """Lines in which nothing is invisible: control and odd characters escaped, a missing end told."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "⏎ missing"
    return ["".join(c if c.isprintable() else repr(c)[1:-1] for c in line)[:LINE_CHARACTERS]
            for line in lines]


def evaluate(client: Client, path: str, program: Program) -> Outcome:
    """What the server at `client` makes of `program`. Raises support.client.UnexpectedReply."""
    return Outcome.of_reply(client.evaluate(path=path, **program.request()))


def endpoint(url: str) -> tuple[str, str]:
    """Splits `http://HOST:PORT/path` into address and path. Raises ValueError."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"not an http URL: {url!r}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{parts.port or 80}", parts.path or "/"

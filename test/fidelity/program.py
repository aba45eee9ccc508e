"""A program of `programs/`: its source as bytes, and the input that its header asks for.

The header is the run of comment lines at the very start. A line there may be a directive:

    # stdin: "a JSON string"
    # args: ["a", "JSON", "array"]
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "programs"

_DIRECTIVE = re.compile(r"#\s*(stdin|args):\s*(.+)")


@dataclass(frozen=True)
class Program:
    """`source` is what the file holds, byte for byte: it may have CRLF or a byte order mark."""

    name: str
    source: bytes
    stdin: str = ""
    args: tuple[str, ...] = ()

    def request(self) -> dict:
        """The fields of the request that evaluates it."""
        return {"code": self.source.decode("utf-8"), "stdin": self.stdin, "args": list(self.args)}


def load(path: Path) -> Program:
    """Reads one program. Raises ValueError when it is not UTF-8 or a directive is malformed."""
    source = path.read_bytes()
    found = _directives(source.decode("utf-8-sig"))
    stdin, args = found.get("stdin", ""), found.get("args", [])
    if not isinstance(stdin, str) or not isinstance(args, list):
        raise ValueError(f"{path}: stdin is a JSON string, args an array of strings")
    return Program(path.stem, source, stdin, tuple(args))


def load_all() -> list[Program]:
    """All programs of the folder, by name."""
    return [load(path) for path in sorted(FOLDER.glob("*.py"))]


def _directives(text: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _DIRECTIVE.fullmatch(line)
        if match:
            found[match[1]] = json.loads(match[2])
    return found

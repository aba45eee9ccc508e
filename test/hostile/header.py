"""The header of a hostile program: what it attacks, and what must come of it.

A program is a file `NN_topic_variant.py`, NN being its group (FIELD: 01 processes … 11 sources). Its header is the
run of comment lines at the very start; every line of it is a directive, and nothing else may stand there:

    # attack: one line for people                                     required
    # expect: status=timeout limit=wall                               at least one
    # request: {"timeout_ms": 300, "stdin": "x"}                      further fields of the request, or another code
    # use: helpers                                                    helpers.py is put in front of the program
    # repeat: 2                                                       sent so often, in a row
    # needs: landlock uid                                             parts of the sandbox that it takes (NEEDS)
    # fence: pids                                                     run only where the fence has this limit
    # machine: x86_64                                                 run only there

Each `expect` line describes a whole outcome in conditions that must all hold; one of the lines has to hold. A condition:

    status=error|signal     a field of the reply is one of these words (`none` is null): status, limit, signal, exit
    http=400                the status of the HTTP reply; 200 where it isn't given
    stdout=contained        the stream, stripped, is exactly this word; also stderr=
    stdout~MemoryError      the stream contains this word; also stderr~
    truncated=stdout        these streams, or files and plots, were cut, and no other (`none`)
    denied>=socket,connect  the reply's list of refused calls has all of these
    files=a.txt,b.txt       the files of the reply are exactly these (`none`)
    fresh=stdout            the stream is not what any earlier run of the same program gave

Wherever `ESCAPED` or a canary stands in the output, the program has escaped, whatever its header says.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROGRAMS = FOLDER / "programs"
HELPERS = FOLDER / "helpers.py"

# What a server must have for a program to be contained, or to be told as it should be.
NEEDS = {
    "landlock": "files outside the own folder are out of reach",
    "uid": "programs don't run as root",
    "allow_list": "system calls that nobody needs are refused, not only those known to be dangerous",
    "denied": "the reply names refused calls",
    "cpu": "processor time is limited and told",
    "memory_watch": "resident memory is limited and told",
    "disk_watch": "the sum of the scratch files, and their number, is limited and told",
    "tmpfs": "the folder is a file system of its own, so that nameless files count",
    "threads": "the number of threads is limited and told",
    "memory_mb": "field of the request",
    "files": "fields files, files_out and plots of the request",
    "hash_seed": "str hashes differ between zygotes; each run then has a zygote of its own",
}
FENCES = {"pids", "memory"}
MACHINES = {"x86_64", "aarch64"}

STATUSES = {"ok", "error", "timeout", "memory", "output", "disk", "signal", "denied"}
LIMITS = {"wall", "cpu", "memory", "output", "disk", "threads", "none"}

_NAME = re.compile(r"(\d\d)_[a-z0-9]+(_[a-z0-9]+)*")
_LINE = re.compile(r"# ([a-z]+): (\S.*)")
_CONDITION = re.compile(r"(status|limit|signal|exit|http|stdout|stderr|truncated|denied|files|fresh)(=|~|>=)(\S+)")
_OPERATORS = {"stdout": ("=", "~"), "stderr": ("=", "~"), "denied": (">=",)}
_SINGLE = {"attack", "request", "use", "repeat", "needs", "fence", "machine"}


class HeaderError(ValueError):
    """A header that isn't of the language above; the message names file and line."""


@dataclass(frozen=True)
class Condition:
    """One condition of an `expect` line: `values` are the alternatives, or the elements of a list."""

    name: str
    operator: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}{self.operator}{_separator(self.name).join(self.values)}"


@dataclass(frozen=True)
class Program:
    """One attack."""

    name: str
    group: int
    attack: str
    source: str
    expect: tuple[tuple[Condition, ...], ...]
    request: dict = field(default_factory=dict)
    repeat: int = 1
    needs: frozenset[str] = frozenset()
    fence: frozenset[str] = frozenset()
    machine: frozenset[str] = frozenset()

    @property
    def asks(self) -> frozenset[str]:
        """Its needs, and `denied` when it has conditions on that."""
        tells = any(condition.name == "denied" for outcome in self.expect for condition in outcome)
        return self.needs | ({"denied"} if tells else set())

    def body(self) -> dict:
        """The fields of the request that evaluates it."""
        return {"code": self.source} | self.request


def load(path: Path) -> Program:
    """Reads one program. Raises HeaderError, UnicodeDecodeError."""
    return parse(path.stem, path.read_text(encoding="utf-8"), HELPERS.read_text(encoding="utf-8"))


def load_all() -> list[Program]:
    """All programs of the folder, by name."""
    return [load(path) for path in sorted(PROGRAMS.glob("*.py"))]


def parse(name: str, text: str, helpers: str = "") -> Program:
    """One program from its name and text. Raises HeaderError."""
    named = _NAME.fullmatch(name)
    if not named or not 1 <= int(named[1]) <= 11:
        raise HeaderError(f"{name}: a name is NN_topic_variant, NN from 01 to 11")
    found: dict[str, str] = {}
    expect = []
    for number, line in _header_lines(text):
        where = f"{name}:{number}"
        match = _LINE.fullmatch(line)
        if not match:
            raise HeaderError(f"{where}: not a directive: {line}")
        key, value = match[1], match[2].strip()
        if key == "expect":
            expect.append(tuple(_condition(where, word) for word in value.split()))
        elif key not in _SINGLE or key in found:
            raise HeaderError(f"{where}: {key} is {'given twice' if key in found else 'unknown'}")
        else:
            found[key] = value
    if "attack" not in found or not expect:
        raise HeaderError(f"{name}: attack and expect are required")
    use = _words(name, found, "use", {"helpers"})
    return Program(
        name, int(named[1]), found["attack"], (helpers if use else "") + text, tuple(expect),
        _request(name, found.get("request", "{}")), _repeat(name, found.get("repeat", "1")),
        _words(name, found, "needs", set(NEEDS)), _words(name, found, "fence", FENCES),
        _words(name, found, "machine", MACHINES))


def _header_lines(text: str):
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#"):
            return
        yield number, line


def _separator(name: str) -> str:
    return "," if name in ("denied", "files", "truncated") else "|"


def _condition(where: str, word: str) -> Condition:
    match = _CONDITION.fullmatch(word)
    if not match or match[2] not in _OPERATORS.get(match[1], ("=",)):
        raise HeaderError(f"{where}: not a condition: {word}")
    name, operator, value = match.groups()
    values = (value,) if name in ("stdout", "stderr") else tuple(value.split(_separator(name)))
    known = {"status": STATUSES, "limit": LIMITS, "truncated": {"stdout", "stderr", "files", "plots", "none"},
             "fresh": {"stdout", "stderr"}}.get(name)
    numbers = name == "http" or (name == "exit" and value != "none")
    if (known and not known.issuperset(values)) or (numbers and not all(v.isdigit() for v in values)):
        raise HeaderError(f"{where}: {name} can't be {value}")
    return Condition(name, operator, values)


def _words(name: str, found: dict[str, str], key: str, known: set[str]) -> frozenset[str]:
    words = frozenset(found.get(key, "").split())
    if not words <= known:
        raise HeaderError(f"{name}: {key} is of {', '.join(sorted(known))}, not {' '.join(sorted(words - known))}")
    return words


def _request(name: str, text: str) -> dict:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise HeaderError(f"{name}: request: {error}") from None
    if not isinstance(value, dict):
        raise HeaderError(f"{name}: request is a JSON object")
    return value


def _repeat(name: str, text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 9:
        raise HeaderError(f"{name}: repeat is a number from 1 to 9")
    return int(text)

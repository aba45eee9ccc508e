# Match statements: classes, mappings, guards, captures, or-patterns, errors on the way.
from dataclasses import dataclass
from enum import Enum


@dataclass
class Point:
    x: int
    y: int = 0


class Colour(Enum):
    RED = 1


class Odd:
    __match_args__ = ("a", "a")
    a = 1


def describe(value):
    match value:
        case None | True | False:
            return "singleton"
        case Colour.RED:
            return "red"
        case Point(0, y=0):
            return "origin"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case {"kind": str(kind), **rest}:
            return f"{kind} {rest}"
        case [first, *_, last]:
            return f"{first}…{last}"
        case [only]:
            return f"only {only}"
        case str() | bytes() as text:
            return f"text {text}"
        case -1 | 2.5 | 1 + 2j:
            return "number"
        case _:
            return "anything"


for value in (None, Colour.RED, Point(0), Point(2, 2), Point(1, 2), {"kind": "k", "n": 1}, [1, 2, 3], (1,), "s", b"b", -1, 1 + 2j, {"kind": 1}, object):
    print(describe(value))
match Odd():
    case Odd(1, 2):
        pass

# The match statement: literals, sequences, mappings, classes, guards, captures.
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def what(value):
    match value:
        case 0 | 1:
            return "bit"
        case int(n) if n < 0:
            return f"negative {n}"
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y) as point if x == y:
            return f"diagonal {point}"
        case [first, *_, last]:
            return f"from {first} to {last}"
        case {"kind": "circle", "r": r, **rest}:
            return f"circle {r} {rest}"
        case str() | bytes():
            return "text"
        case [single]:
            return f"one: {single}"
        case None:
            return "none"
        case _:
            return "something"


for value in (1, -5, 7, Point(0, 0), Point(2, 2), Point(1, 2), [1, 2, 3], (4,), {"kind": "circle", "r": 2, "z": 1}, b"", None, {}):
    print(repr(value), "->", what(value))
match = {"match": 1}
case, _ = match["match"], 2
print(case, _)
match Point(1, 2):
    case Point(1, 2, 3):
        pass

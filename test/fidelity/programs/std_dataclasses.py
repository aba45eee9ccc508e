# dataclasses: order, frozen, slots, default factories, fields, replace.
from dataclasses import KW_ONLY, FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace


@dataclass(order=True)
class Card:
    rank: int
    suit: str = field(default="♠", compare=False)
    seen: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self):
        self.seen.append("init")


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float = 0.0
    _: KW_ONLY
    label: str = "p"


ace, king = Card(14), Card(13, "♥")
print(ace, king < ace, ace == Card(14, "♦", ["init"]), sorted([ace, king])[0].seen)
print(asdict(king), astuple(Point(1, 2, label="q")), replace(Point(1), y=5), hash(Point(1)) == hash(Point(1)))
print([(f.name, f.type) for f in fields(Point)], Point.__match_args__, hasattr(Point(1), "__dict__"))
for bad in (lambda: setattr(Point(1), "x", 2), lambda: Point(1, 2, 3), lambda: Card()):
    try:
        bad()
    except (FrozenInstanceError, TypeError) as error:
        print(type(error).__name__, error)


@dataclass
class Wrong:
    items: list = []

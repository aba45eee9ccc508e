# enum: members, flags, aliases, auto, unknown values.
from enum import Enum, Flag, IntEnum, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    @classmethod
    def default(cls):
        return cls.GREEN

    def describe(self):
        return f"{self.name.lower()}={self.value}"


class Permission(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Word(StrEnum):
    HELLO = auto()


print(list(Color), Color.CRIMSON, Color(2), Color["RED"].describe(), Color.default())
print(Permission.R | Permission.X, Permission.RW & ~Permission.W, list(Permission.RW), bool(Permission(0)), repr(Permission.RW))
print(Level.HIGH > Level.LOW, Level.HIGH + 1, f"{Level.HIGH}", Word.HELLO.upper(), isinstance(Word.HELLO, str))
print({Color.RED: "r"}[Color.CRIMSON], Color.__members__)
try:
    unique(Color)
except ValueError as error:
    print(error)
Color(3)

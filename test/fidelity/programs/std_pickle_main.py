# pickle of what __main__ defines: classes, functions, enums, named tuples, exceptions; copies; what can't be.
import collections
import copyreg
import enum
import io
import pickle
import pickletools
import sys


class Colour(enum.Enum):
    RED = 1


class Thing:
    def __init__(self, name):
        self.name = name

    def __reduce__(self):
        return Thing, (self.name + "!",)


class Slots:
    __slots__ = ("a",)


Pair = collections.namedtuple("Pair", "a b")


class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def function():
    return "called"


slots = Slots()
slots.a = 5
for value in (Colour.RED, Pair(1, 2), Problem(7), function, Thing, print, [Ellipsis, None, 1 << 90]):
    for protocol in (0, 2, 5):
        again = pickle.loads(pickle.dumps(value, protocol))
    print(again, pickle.dumps(value, 4))
print(pickle.loads(pickle.dumps(Thing("x"))).name, pickle.loads(pickle.dumps(slots)).a, pickle.whichmodule(function, "function"))
pickletools.dis(pickle.dumps(Pair(1, "two"), 4))


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


print(Unpickler(io.BytesIO(pickle.dumps(Colour.RED))).load())
for value in (lambda: 0, (n for n in ()), sys, open("main.py")):
    try:
        pickle.dumps(value)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
del Pair
pickle.loads(b"\x80\x04\x95\x15\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x04Pair\x94\x93\x94.")

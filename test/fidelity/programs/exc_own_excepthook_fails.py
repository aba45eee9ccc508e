# A hook that raises, that is no function, that is deleted: what the interpreter says of it.
import sys


class Odd(Exception):
    def __str__(self):
        return "odd\nof two lines"


def hook(kind, value, trace):
    print("hook", kind.__name__, value)
    raise Odd("within the hook")


sys.excepthook = hook
raise Odd("the first")

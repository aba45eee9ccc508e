# A chain of many causes and contexts, a cycle among them, frames that repeat.
import sys


def repeat(n):
    if n:
        return repeat(n - 1)
    raise KeyError("at the bottom")


def chain(n):
    try:
        raise ValueError(n)
    except ValueError as error:
        if n:
            try:
                chain(n - 1)
            except ValueError as inner:
                raise RuntimeError(n) from inner
        raise


one, two = ValueError("one"), ValueError("two")
one.__cause__, two.__cause__ = two, one
try:
    raise one
except ValueError as error:
    sys.excepthook(type(error), error, error.__traceback__)
try:
    chain(2)
except Exception as error:
    sys.excepthook(type(error), error, error.__traceback__)
sys.tracebacklimit = 2
try:
    repeat(20)
except KeyError as error:
    sys.excepthook(type(error), error, error.__traceback__)
del sys.tracebacklimit
repeat(10)

# Errors where nobody can catch them: in __del__, in a generator's end, in a callback.
import sys
import weakref


class Failing:
    def __del__(self):
        raise ValueError("in del")


class Target:
    pass


def generator():
    try:
        yield 1
    finally:
        raise KeyError("in close")


def callback(reference):
    raise OSError("in callback")


sys.unraisablehook = lambda seen: print("unraisable:", seen.exc_type.__name__, seen.exc_value)
Failing()
running = generator()
next(running)
del running
target = Target()
reference = weakref.ref(target, callback)
del target
print("goes on")

# What can't be raised: in finalizers, weak references' callbacks, generators' closing, atexit; and a hook.
import atexit
import gc
import io
import sys
import weakref


class Bad:
    def __del__(self):
        raise ValueError("in a finalizer")


class Plain:
    pass


def stubborn():
    try:
        yield
    finally:
        raise KeyError("while closing")


def no_exit():
    while True:
        try:
            yield
        except GeneratorExit:
            print("ignored")
            yield 1


def callback(reference):
    raise TypeError("in a callback")


sys.stderr = told = io.StringIO()
Bad()
plain = Plain()
reference = weakref.ref(plain, callback)
del plain
generator = stubborn()
next(generator)
del generator
sys.unraisablehook = lambda seen: print("hook:", seen.exc_type.__name__, seen.exc_value, seen.err_msg, getattr(seen.object, "__qualname__", type(seen.object).__name__))
Bad()
generator = no_exit()
next(generator)
del generator
sys.unraisablehook = sys.__unraisablehook__
print(told.getvalue().replace(__file__, "main.py"))
sys.stderr = sys.__stderr__
atexit.register(print, "bad", file=5)
cycle = [Bad.__del__]
cycle.append(cycle)
del cycle
print(gc.collect() > 0)

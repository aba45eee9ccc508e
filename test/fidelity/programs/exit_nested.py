# sys.exit from within functions, finally blocks and managers, which all run.
import contextlib
import sys


@contextlib.contextmanager
def announced(name):
    try:
        yield
    finally:
        print("leaving", name)


def inner():
    with announced("inner"):
        try:
            sys.exit(5)
        except Exception:
            print("not an Exception")
        finally:
            print("finally")


with announced("outer"):
    inner()

# sys.exit within an atexit function, and one that raises: the rest still runs.
import atexit
import sys


class Leave:
    def __call__(self):
        print("leaving from atexit")
        sys.exit(8)

    def __repr__(self):
        return "<Leave>"


class Fail(Leave):
    def __call__(self):
        raise ValueError("in atexit")


atexit.register(print, "last")
atexit.register(Leave())
atexit.register(Fail())
atexit.register(print, "first")
print("main")
sys.exit(2)

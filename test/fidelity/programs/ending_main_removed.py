# sys.modules without __main__, without sys, emptied: the program goes on to its end.
import sys


class Last:
    def __del__(self):
        print("last", __name__)


last = Last()
del sys.modules["__main__"]
print(sys.getrefcount(globals()) > 1, "__main__" in sys.modules, __name__)
import __main__

print(__main__.__dict__ is globals(), sorted(vars(__main__)))

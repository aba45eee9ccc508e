# faulthandler: the traceback of a crash on stderr, then the signal.
import ctypes
import faulthandler

faulthandler.enable(all_threads=False)
print(faulthandler.is_enabled(), flush=True)


def crash():
    ctypes.string_at(0)


crash()

# atexit: callbacks that register, unregister, raise, exit; their order; those of a thread.
import atexit
import sys
import threading


def first():
    print("first, which runs last")


def registers():
    print("registers another")
    atexit.register(lambda: print("registered while ending"))


def fails():
    raise SystemExit("exit within atexit")


atexit.register(first)
atexit.register(registers)
atexit.register(fails)
atexit.register(print, "with", "arguments", sep="-")
atexit.register(first)
removed = atexit.register(lambda: print("never"))
atexit.unregister(removed)
thread = threading.Thread(target=lambda: atexit.register(print, "of a thread"))
thread.start()
thread.join()
print(atexit._ncallbacks())
sys.exit(6)

# A program's own excepthook, and one that fails itself.
import sys


def hook(kind, value, trace):
    print("hook:", kind.__name__, value, trace.tb_lineno)
    raise SystemError("the hook failed too")


sys.excepthook = hook
print("start")
{}["nothing"]

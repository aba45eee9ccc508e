# The hooks are the interpreter's own, and their doubles the same objects.
import builtins
import sys
import threading

for name in ("excepthook", "displayhook", "breakpointhook", "unraisablehook"):
    print(name, getattr(sys, name) is getattr(sys, f"__{name}__"), getattr(sys, name))
print(sys.stdin is sys.__stdin__, sys.stdout is sys.__stdout__, sys.stderr is sys.__stderr__)
print(threading.excepthook, threading.__excepthook__, threading.gettrace(), threading.getprofile())
print(builtins.__import__, builtins.open, builtins.input, builtins.print, builtins.exec)
sys.displayhook(5)
print(builtins._)
sys.displayhook(None)
print(sorted(name for name in dir(builtins) if name.startswith("_")))
sys.excepthook(ValueError, ValueError("by hand"), None)

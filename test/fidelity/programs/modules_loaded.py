# What a program finds already imported of the usual suspects: nothing that it did not ask for.
import sys

print([name for name in ("json", "re", "random", "threading", "socket", "asyncio", "typing", "numpy", "logging", "inspect", "ctypes", "traceback", "tokenize") if name in sys.modules])
print(sorted(name for name in dir() if not name.startswith("__")), "site" in sys.modules, hasattr(__builtins__, "exit"))

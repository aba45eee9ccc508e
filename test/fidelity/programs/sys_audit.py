# Audit hooks: which events a program raises, to its very end.
import sys

seen = []


def hook(event, arguments):
    if event in ("open", "import", "exec", "compile", "sys._getframe", "os.listdir", "builtins.input", "object.__setattr__", "own.event", "cpython._PySys_ClearAuditHooks", "sys.excepthook", "sys.unraisablehook", "gc.get_objects"):
        seen.append((event, *(type(argument).__name__ for argument in arguments)))
        if event.startswith("cpython"):
            print("the end:", event)


sys.addaudithook(hook)
open("main.py").close()
import colorsys
import os

eval("1 + 1")
os.listdir(".")
sys._getframe()
sys.audit("own.event", 1, "two", None)
class A: pass
A.__name__ = "B"
print(*seen, sep="\n")


def refuse(event, arguments):
    if event == "open" and "forbidden" in str(arguments[0]):
        raise PermissionError("not this one")


sys.addaudithook(refuse)
open("forbidden.txt", "w")

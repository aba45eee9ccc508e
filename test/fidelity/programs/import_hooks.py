# A finder and a loader of one's own, at the front of sys.meta_path; import statements through __import__.
import builtins
import importlib.abc
import importlib.machinery
import sys


class Maker(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        print("asked for", name, path is None)
        if name.startswith("made"):
            return importlib.machinery.ModuleSpec(name, self, is_package=name == "made")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(f"NAME = {module.__name__!r}", module.__dict__)


sys.meta_path.insert(0, Maker())
import made.up

print(made.up.NAME, made.__path__, made.__spec__.origin, made.up.__name__)
original = builtins.__import__
builtins.__import__ = lambda name, *rest: print("import of", name) or original(name, *rest)
from made import up as again
import colorsys

print(again is made.up)
try:
    import missing_altogether
finally:
    builtins.__import__ = original
    print([type(finder).__name__ if not isinstance(finder, type) else finder.__name__ for finder in sys.meta_path])

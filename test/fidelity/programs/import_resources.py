# importlib.resources, __path__ of a namespace package, a module made by hand.
import importlib
import importlib.resources as resources
import os
import sys
import types

os.makedirs("space/data")
with open("space/data/text.txt", "w") as file:
    file.write("some text\n")
importlib.invalidate_caches()
import space.data

print(space.__file__, type(space.__path__).__name__, len(list(space.__path__)), space.__spec__.origin)
print(resources.files("space.data").joinpath("text.txt").read_text(), [item.name for item in resources.files("space").iterdir()])
made = types.ModuleType("made", "by hand")
made.value = 3
sys.modules["made"] = made
from made import value

print(value, made, made.__doc__, made.__spec__, made.__loader__)
sys.modules["blocked"] = None
import blocked

# A package written by the program: relative imports, circular ones, __all__, __getattr__, reload, caches.
import importlib
import os
import sys

files = {
    "kit/__init__.py": "from .a import *\nfrom . import a, b\n__all__ = ['a']\ndef __getattr__(name):\n    return f'made {name}'\n",
    "kit/a.py": "from __future__ import annotations\nfrom kit import b\nSHOWN = 1\n_HIDDEN = 2\nprint('a sees b:', hasattr(b, 'VALUE'))\n",
    "kit/b.py": "import kit.a\nVALUE = getattr(kit.a, 'SHOWN', 'not yet')\n",
}
os.mkdir("kit")
for path, text in files.items():
    with open(path, "w") as file:
        file.write(text)
importlib.invalidate_caches()
import kit

print(kit.SHOWN, kit.b.VALUE, kit.anything, hasattr(kit.a, "_HIDDEN"))
print(sorted(os.listdir(".")), sorted(os.listdir("kit")), sorted(os.listdir("kit/__pycache__")))
with open("kit/b.py", "w") as file:
    file.write("VALUE = 'a second, longer text'\n")
print(importlib.reload(kit.b).VALUE, kit.b is sys.modules["kit.b"])
try:
    from kit.a import absent
except ImportError as error:
    print(type(error).__name__, error.name, os.path.basename(error.path))
from . import nothing

# A module and a package of one's own, written to the working directory and imported.
import importlib
import sys
from pathlib import Path

Path("helper.py").write_text('"""Helps."""\nprint("helper runs as", __name__)\n\n\ndef divide(a, b):\n    return a / b\n')
Path("package").mkdir()
Path("package/__init__.py").write_text("from .inner import VALUE\n")
Path("package/inner.py").write_text("VALUE = 42\n")
Path("shadow.py").write_text("import main\n")
importlib.invalidate_caches()
import helper
import package

print(helper.__doc__, helper.divide(1, 2), package.VALUE, Path(helper.__file__).name, helper.__spec__.name)
print(Path(sys.path[0]) == Path.cwd(), sorted(p.name for p in Path(".").glob("*.py")), helper.__cached__ is not None)
Path("helper.py").write_text("changed = True   \n")
print(importlib.reload(helper).changed)
Path("helper.py").write_text("def divide(a, b):\n    return a / b\n\n# longer than before, so that it is read again\n")
importlib.reload(helper)
helper.divide(1, 0)

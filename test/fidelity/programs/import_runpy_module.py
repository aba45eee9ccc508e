# runpy.run_module, what `python3 -m` does: a module, a package with __main__, one that is missing.
import os
import runpy
import sys

os.mkdir("pack")
for name, text in {
    "__init__": "print('init', __name__, __package__)",
    "__main__": "import sys\nprint('main', __name__, __package__, __spec__.name, sys.argv[0].endswith('__main__.py'))\nfrom . import part",
    "part": "print('part', __name__, __package__)",
}.items():
    with open(f"pack/{name}.py", "w") as file:
        file.write(text + "\n")
left = runpy.run_module("pack", run_name="__main__", alter_sys=True)
print(sorted(name for name in left if not name.startswith("__")), sys.argv)
left = runpy.run_module("pack.part")
print(left["__name__"], left["__package__"])
try:
    runpy.run_module("no.such.module")
except ImportError as error:
    print(type(error).__name__, error)
runpy.run_module("this_neither", run_name="__main__")

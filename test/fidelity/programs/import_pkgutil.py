# pkgutil and importlib: what can be found, without importing it.
import importlib.util
import os
import pkgutil

os.makedirs("animals/wild")
for path in ("animals/__init__.py", "animals/cat.py", "animals/dog.py", "animals/wild/__init__.py", "animals/wild/lynx.py"):
    open(path, "w").close()
importlib.invalidate_caches()
import animals

print([(found.name, found.ispkg) for found in pkgutil.walk_packages(animals.__path__, "animals.")])
print([found.name for found in pkgutil.iter_modules([os.getcwd()])])
for name in ("json", "sys", "zipimport", "animals.wild", "nothing"):
    spec = importlib.util.find_spec(name)
    print(name, spec and (spec.name, type(spec.loader).__name__, spec.has_location, bool(spec.submodule_search_locations)))
print(pkgutil.resolve_name("os.path:join").__name__, pkgutil.get_data("animals", "cat.py"))
print(importlib.util.find_spec("__main__"))

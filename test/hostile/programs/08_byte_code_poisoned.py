# attack: puts its own byte code beside a module of the standard library
# expect: status=ok stdout=contained
# use: helpers
# needs: uid
import importlib.util, os
import colorsys
cache = importlib.util.cache_from_source(colorsys.__file__)
for path in (cache, colorsys.__file__, os.path.join(os.path.dirname(cache), "planted")):
    fails(path, lambda: open(path, "r+b" if os.path.exists(path) else "wb"))
contained()

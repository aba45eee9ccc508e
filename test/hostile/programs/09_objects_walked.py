# attack: goes through all objects for a file, a socket or a function of the runner
# expect: status=ok stdout=contained
# use: helpers
import gc, io, types, os, sys
for one in gc.get_objects():
    if isinstance(one, io.FileIO) and one.fileno() > 2:
        escaped("a file %r" % one)
    if isinstance(one, dict) and isinstance(one.get("__name__"), str) and "playground" in one["__name__"]:
        escaped("module " + one["__name__"])
for name in list(sys.modules):
    if "playground" in name or "zygote" in name:
        escaped("module " + name)
contained()

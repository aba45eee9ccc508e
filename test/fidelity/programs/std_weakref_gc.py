# weakref and gc: callbacks, weak dictionaries, collected cycles, finalizers.
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"


one = Thing("one")
reference = weakref.ref(one, lambda ref: print("callback, dead:", ref() is None))
weak = weakref.WeakValueDictionary(a=one)
print(reference(), dict(weak), weakref.getweakrefcount(one))
del one
print(reference(), dict(weak))
gc.disable()
left, right = Thing("left"), Thing("right")
left.other, right.other = right, left
weakref.finalize(left, print, "finalized left")
watch = weakref.ref(right)
del left, right
print(watch() is not None)
found = gc.collect()
print(watch(), found >= 2, gc.isenabled(), gc.garbage)
proxied = Thing("proxied")
proxy = weakref.proxy(proxied)
print(proxy.name)
weakref.finalize(proxied, print, "at the very end")
del proxied
try:
    proxy.name
except ReferenceError as error:
    print(error)
kept = Thing("kept")
weakref.finalize(kept, print, "kept finalized at exit")
weakref.ref(5)

# weakref.finalize: at exit or not, order, atexit among them, exceptions, detached ones.
import atexit
import weakref


class Thing:
    pass


things = [Thing() for _ in range(4)]
atexit.register(print, "atexit before the finalizers are registered")
finalizers = [weakref.finalize(thing, print, "finalize", number) for number, thing in enumerate(things)]
finalizers[1].atexit = False
print(finalizers[2].detach() is not None, finalizers[2].alive, finalizers[3].peek()[2])
things.pop()
atexit.register(print, "atexit after")
weakref.finalize(things[0], lambda: print("the last one registered"))

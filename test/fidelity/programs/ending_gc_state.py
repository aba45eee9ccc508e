# Cycles with finalizers when collection is off, frozen, or watched by a callback, at the end.
import gc


class Cyclic:
    def __init__(self, name):
        self.name, self.itself = name, self

    def __del__(self):
        print("del", self.name)


gc.disable()
Cyclic("dropped while collection was off")
gc.callbacks.append(lambda phase, info: print(phase, info["generation"], sorted(info)))
Cyclic("second")
gc.collect(0)
kept = Cyclic("kept")

# gc.freeze() by the program, and what ends then.
import gc


class Cyclic:
    def __init__(self):
        self.itself = self

    def __del__(self):
        print("del")


Cyclic()
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect() > 0)
Cyclic()
gc.freeze()
print("end")

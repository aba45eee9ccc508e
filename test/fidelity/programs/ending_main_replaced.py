# sys.modules["__main__"] is another object at the end.
import sys
import types


class Last:
    def __del__(self):
        print("finalized in", __name__)


last = Last()
sys.modules["__main__"] = types.ModuleType("another")
sys.modules["__main__"].thing = Last()
print("end")
raise ValueError("in a replaced main")

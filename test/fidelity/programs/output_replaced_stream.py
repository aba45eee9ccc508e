# sys.stdout replaced, set to None, and given back.
import io
import sys

original = sys.stdout
sys.stdout = memory = io.StringIO()
print("captured")
sys.stdout = None
print("goes nowhere")
sys.stdout = original
print(repr(memory.getvalue()))


class Shouting:
    def write(self, text):
        original.write(text.upper())

    def flush(self):
        original.write("(flushed)\n")


sys.stdout = Shouting()
print("in capitals")
sys.stderr = None
raise ValueError("nobody sees this")

# A stdout whose flush fails at exit: exit code 120.
import sys


class Broken:
    closed = False

    def write(self, text):
        sys.__stdout__.write(text)

    def flush(self):
        raise OSError(28, "no space on this one")


sys.stdout = Broken()
print("written")

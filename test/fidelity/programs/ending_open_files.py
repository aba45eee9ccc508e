# Files left open: flushed at exit, seen by an atexit callback before.
import atexit
import os

one = open("one.txt", "w")
one.write("not flushed")


class Holder:
    def __init__(self):
        self.file = open("two.txt", "w")

    def __del__(self):
        self.file.write("by the finalizer")
        self.file.close()
        print(open("two.txt").read())


holder = Holder()
atexit.register(lambda: print("at exit:", os.path.getsize("one.txt")))

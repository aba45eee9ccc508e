# os._exit: nothing is flushed, nothing is run.
import atexit
import os

atexit.register(print, "not run")
os.write(1, b"written\n")
print("buffered and lost")
os._exit(6)

# A signal without a handler ends the program; the buffer is lost, exit handlers too.
import atexit
import os
import signal

atexit.register(print, "never")
print("lost")
os.write(2, b"about to end\n")
signal.raise_signal(signal.SIGTERM)

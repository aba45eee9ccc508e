# A signal without a handler, raised by the program against itself.
import signal

print("before", flush=True)
signal.raise_signal(signal.SIGTERM)
print("after")

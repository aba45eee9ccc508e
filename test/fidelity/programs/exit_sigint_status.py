# KeyboardInterrupt that nobody catches: traceback, exit handlers, then SIGINT itself.
import atexit
import signal
import threading

atexit.register(print, "atexit")


def wait():
    try:
        signal.raise_signal(signal.SIGINT)
        threading.Event().wait(10)
    finally:
        print("finally")


wait()

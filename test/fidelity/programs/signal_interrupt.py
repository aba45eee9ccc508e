# SIGINT without a handler of one's own: KeyboardInterrupt, atexit, then death by SIGINT.
import atexit
import signal

atexit.register(print, "atexit runs")
try:
    signal.raise_signal(signal.SIGINT)
finally:
    print("finally runs")

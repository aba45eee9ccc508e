# SIGALRM without a handler ends the program.
import signal

print("waiting", flush=True)
signal.setitimer(signal.ITIMER_REAL, 0.01)
while True:
    signal.pause()

# SIGKILL by one's own hand: what is buffered is lost.
import os
import signal

print("flushed", flush=True)
print("lost")
os.kill(os.getpid(), signal.SIGKILL)

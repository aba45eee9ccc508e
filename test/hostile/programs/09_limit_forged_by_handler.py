# attack: takes the signals by which the server may talk to it, and sends them to itself
# expect: status=ok stdout=contained
# request: {"timeout_ms": 5000}
import os, signal
for number in range(1, 65):
    if number in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
        continue
    try:
        signal.signal(number, lambda *_: None)
        os.kill(os.getpid(), number)
    except (OSError, ValueError):
        pass
print("contained")

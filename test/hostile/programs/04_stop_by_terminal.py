# attack: the other stop signals
# expect: status=timeout limit=wall
# expect: status=ok stdout=contained
# request: {"timeout_ms": 300}
import os, signal
for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
    os.kill(os.getpid(), number)
print("contained")

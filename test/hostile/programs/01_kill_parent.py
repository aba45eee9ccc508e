# attack: the parent: the server or its zygote
# expect: status=ok stdout=contained
# use: helpers
import os, signal
if os.getppid() > 0:
    for number in (0, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        fails("kill(parent, %d)" % number, lambda: os.kill(os.getppid(), number))
contained()

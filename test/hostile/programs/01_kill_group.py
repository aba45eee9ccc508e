# attack: the process group, which may be the zygote's
# expect: status=ok stdout=contained denied>=kill
# use: helpers
import os, signal
for number in (0, signal.SIGSTOP, signal.SIGKILL):
    fails("kill(0, %d)" % number, lambda: os.kill(0, number))
    fails("killpg", lambda: os.killpg(os.getpgrp(), number))
    fails("killpg 0", lambda: os.killpg(0, number))
contained()

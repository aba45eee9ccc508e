# attack: every other process that can be seen or guessed
# expect: status=ok stdout=contained denied>=kill
# use: helpers
import os, signal
for pid in processes():
    fails("kill(%d)" % pid, lambda: os.kill(pid, signal.SIGKILL))
contained()

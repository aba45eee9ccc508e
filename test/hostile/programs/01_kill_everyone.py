# attack: kill(-1): everyone that this user may kill
# expect: status=ok stdout=contained denied>=kill
# use: helpers
import os, signal
for number in (0, signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
    fails("kill(-1, %d)" % number, lambda: os.kill(-1, number))
contained()

# attack: a daemon: fork, setsid, fork again, so that killing the first doesn't end the last
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(30)
        os._exit(0)
    escaped("a daemon")
except OSError:
    pass
fails("setsid", os.setsid)
fails("setpgid", os.setpgrp)
contained()

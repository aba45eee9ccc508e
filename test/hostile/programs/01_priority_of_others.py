# attack: makes others wait by their priority
# expect: status=ok stdout=contained
# use: helpers
import os
for pid in processes():
    fails("setpriority(%d)" % pid, lambda: os.setpriority(os.PRIO_PROCESS, pid, 19))
for which in (os.PRIO_PGRP, os.PRIO_USER):
    fails("setpriority of many", lambda: os.setpriority(which, 0, 19))
fails("a higher priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
refused("ioprio_set", 3, 0, 0)
refused("ioprio_set", 2, 0, 0)
contained()

# attack: binds others to one processor, or idles them
# expect: status=ok stdout=contained
# use: helpers
import os
for pid in processes():
    fails("affinity of %d" % pid, lambda: os.sched_setaffinity(pid, {0}))
    fails("idle %d" % pid, lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)))
fails("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))
contained()

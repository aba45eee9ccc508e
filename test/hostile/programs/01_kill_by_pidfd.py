# attack: a pidfd of another, to signal it, wait for it or take its descriptors
# expect: status=ok stdout=contained
# use: helpers
import os
for pid in processes():
    fails("pidfd_open(%d)" % pid, lambda: os.pidfd_open(pid))
refused("pidfd_send_signal", 0, 9, 0, 0)
refused("pidfd_getfd", 0, 1, 0)
contained()

# attack: tkill and tgkill, which take threads
# expect: status=ok stdout=contained denied>=tkill,tgkill
# use: helpers
import os
refused("tkill", os.getppid() or 1, 9)
refused("tkill", os.getpid(), 0)
for pid in processes():
    refused("tgkill", pid, pid, 9)
    refused("tkill", pid, 9)
contained()

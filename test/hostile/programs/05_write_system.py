# attack: leaves something where every later interpreter finds it
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock uid
import os, sys
import json
for path in (json.__file__, os.__file__, json.__cached__, "/etc/passwd", "/usr/lib/python3/dist-packages/sitecustomize.py",
             "/proc/self/oom_score_adj", "/proc/sys/kernel/core_pattern", "/dev/null/x"):
    fails(path, lambda: open(path, "ab"))
    fails("remove " + path, lambda: os.remove(path))
if os.getuid() == 0 or os.geteuid() == 0:
    escaped("is root")
contained()

# attack: the server's own program and settings
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
for path in ("/mnt/build/playground", "/mnt/test/hostile/siege.py", "/mnt", "/proc/1/exe", "/proc/%d/exe" % os.getppid()):
    fails(path, lambda: os.read(os.open(path, os.O_RDONLY), 4) or os.listdir(path))
contained()

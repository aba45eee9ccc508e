# attack: a million empty files, each by one call: they are too many long before processor time is used up
# expect: status=disk limit=disk
# needs: disk_watch
import os
for n in range(1_000_000):
    os.mknod("f%d" % n)

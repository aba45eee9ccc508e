# attack: symbolic links whose targets hold the data
# expect: status=disk limit=disk
# needs: disk_watch
import os
for n in range(1_000_000):
    os.symlink("x" * 4000, "l%d" % n)

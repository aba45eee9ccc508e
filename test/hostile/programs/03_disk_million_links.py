# attack: a million names of one file
# expect: status=disk limit=disk
# expect: status=error limit=none stderr~Error
# needs: disk_watch
import os
open("file", "w").close()
for n in range(1_000_000):
    os.link("file", "l%d" % n)

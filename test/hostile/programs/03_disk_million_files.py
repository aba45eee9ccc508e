# attack: a million empty files, the first twelve thousand at once: they take less processor time than it may have
# expect: status=disk limit=disk
# needs: disk_watch
import os
import time
for n in range(1_000_000):
    os.close(os.open("f%d" % n, os.O_CREAT | os.O_WRONLY))
    if n == 12_000:
        time.sleep(60)

# attack: files in memory that have no name
# expect: status=ok stdout=contained
# expect: status=memory|disk
# use: helpers
# needs: memory_watch
import os, time
files = []
try:
    for n in range(40):
        files.append(os.memfd_create("f%d" % n))
        os.write(files[-1], b"x" * (8 << 20))
        time.sleep(0.005)
    escaped("320 MB of memfd")
except OSError:
    pass
contained()

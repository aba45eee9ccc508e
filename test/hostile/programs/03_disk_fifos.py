# attack: a thousand FIFOs, and one opened for writing to nobody
# expect: status=timeout limit=wall
# expect: status=disk limit=disk
# request: {"timeout_ms": 500}
import os
for n in range(200):
    os.mkfifo("f%d" % n)
open("f0", "w")

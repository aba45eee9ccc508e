# attack: the same with O_TMPFILE
# expect: status=disk|memory
# expect: status=ok stdout=contained
# use: helpers
# needs: tmpfs
import os, time
held = 0
try:
    for n in range(20):
        fd = os.open(".", os.O_RDWR | os.O_TMPFILE)
        for _ in range(8):
            held += os.write(fd, b"x" * (1 << 20))
            time.sleep(0.002)
except OSError:
    pass
if held > 64 << 20:
    escaped("%d MB in files that never had names" % (held >> 20))
contained()

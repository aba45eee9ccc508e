# attack: files that are open but have no name any more, so that nobody finds them
# expect: status=disk|memory
# expect: status=ok stdout=contained
# use: helpers
# needs: tmpfs
import os, time
held = 0
try:
    for n in range(20):
        fd = os.open("f", os.O_RDWR | os.O_CREAT)
        os.unlink("f")
        for _ in range(8):
            held += os.write(fd, b"x" * (1 << 20))
            time.sleep(0.002)
except OSError:
    pass
if held > 64 << 20:
    escaped("%d MB in files without names" % (held >> 20))
contained()

# attack: fills pipes, whose buffers are the kernel's memory and nobody's
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# use: helpers
import fcntl, os
held = 0
try:
    for _ in range(400):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        try:
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1 << 20)
        except OSError:
            pass
        try:
            while True:
                held += os.write(writer, b"x" * 65536)
        except BlockingIOError:
            pass
except OSError:
    pass
if held > 128 << 20:
    escaped("%d MB in pipes" % (held >> 20))
contained()

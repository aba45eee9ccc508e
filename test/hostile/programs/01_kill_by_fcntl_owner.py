# attack: F_SETOWN names a victim, F_SETSIG the signal, and input on a socketpair sends it
# expect: status=ok stdout=contained
# use: helpers
import fcntl, os, signal, socket
F_SETSIG, F_SETOWN_EX = 10, 15
one, other = socket.socketpair()
for pid in processes():
    fails("F_SETOWN", lambda: fcntl.fcntl(one, fcntl.F_SETOWN, pid))
fails("F_SETOWN of a group", lambda: fcntl.fcntl(one, fcntl.F_SETOWN, -os.getpgrp() or -1))
fails("F_SETSIG", lambda: fcntl.fcntl(one, F_SETSIG, signal.SIGKILL))
fails("F_SETOWN_EX", lambda: fcntl.fcntl(one, F_SETOWN_EX, (1).to_bytes(4, "little") + (1).to_bytes(4, "little")))
flags = fcntl.fcntl(one, fcntl.F_GETFL)
try:
    fcntl.fcntl(one, fcntl.F_SETFL, flags | os.O_ASYNC)
except OSError:
    pass
other.send(b"x")
contained()

# attack: fills socketpairs
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# use: helpers
import socket
held, pairs = 0, []
try:
    for _ in range(1000):
        pair = socket.socketpair()
        pairs.append(pair)
        for end in pair:
            end.setblocking(False)
            try:
                while True:
                    held += end.send(b"x" * 65536)
            except BlockingIOError:
                pass
except OSError:
    pass
if held > 128 << 20:
    escaped("%d MB in %d socketpairs" % (held >> 20, len(pairs)))
contained()

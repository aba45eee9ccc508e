# attack: a socketpair is allowed; its ends are sockets that could be connected elsewhere
# expect: status=ok stdout=contained
# use: helpers
import socket
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    for path in ("\0playground-trap", "\0playground-trap-datagrams", "/tmp/trap.sock", "/tmp/trap-datagrams.sock"):
        try:
            one, other = socket.socketpair(socket.AF_UNIX, kind)
        except OSError:
            continue
        fails("connect", lambda: one.connect(path))
        fails("bind", lambda: one.bind("\0planted"))
        fails("listen", lambda: one.listen())
contained()

# attack: an end of a datagram socketpair can send to any address without being connected
# expect: status=ok stdout=contained
# use: helpers
# needs: allow_list
import socket
for path in ("\0playground-trap-datagrams", "/tmp/trap-datagrams.sock"):
    try:
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    except OSError:
        continue
    fails("sendto", lambda: one.sendto(b"secret", path))
    fails("sendmsg", lambda: one.sendmsg([b"secret"], [], 0, path))
contained()

# attack: a unix socket without a file, which no file system guards
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    def reach():
        with socket.socket(socket.AF_UNIX, kind) as peer:
            peer.connect("\0playground-trap")
    fails("an abstract socket", reach)
contained()

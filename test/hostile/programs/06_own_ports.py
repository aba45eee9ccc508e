# attack: the server that runs it: its API, its page, its metrics
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
for port in (5000, 6000, 9090):
    for host in ("127.0.0.1", "localhost", "::1", "::ffff:127.0.0.1", "0.0.0.0"):
        fails("%s:%d" % (host, port), lambda: socket.create_connection((host, port), 1))
contained()

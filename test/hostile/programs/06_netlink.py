# attack: the kernel's own sockets
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
for protocol in range(0, 22):
    fails("netlink %d" % protocol, lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol))
contained()

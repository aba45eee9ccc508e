# attack: the hypervisor's sockets, the kernel's ciphers, packets, CAN
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
for name in ("AF_VSOCK", "AF_ALG", "AF_PACKET", "AF_CAN", "AF_TIPC", "AF_BLUETOOTH", "AF_QIPCRTR", "AF_RDS"):
    family = getattr(socket, name, None)
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        if family is not None:
            fails(name, lambda: socket.socket(family, kind))
contained()

# attack: FIOSETOWN and SIOCSPGRP are F_SETOWN by another name, FIOASYNC is O_ASYNC
# expect: status=ok stdout=contained
# use: helpers
import ctypes, socket
FIOSETOWN, SIOCSPGRP, FIOASYNC = 0x8901, 0x8902, 0x5452
one, other = socket.socketpair()
pid = ctypes.c_int(1)
for command in (FIOSETOWN, SIOCSPGRP, FIOASYNC, (1 << 32) + FIOSETOWN):
    refused("ioctl", one.fileno(), command, ctypes.addressof(pid))
contained()

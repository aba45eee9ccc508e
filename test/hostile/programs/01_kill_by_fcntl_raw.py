# attack: the same with upper bits set, which the kernel ignores and a filter may compare
# expect: status=ok stdout=contained
# use: helpers
import socket
one, other = socket.socketpair()
for upper in (0, 1 << 32, 1 << 63):
    for command in (8, 10, 15):
        refused("fcntl", one.fileno(), upper - (1 << 64) + command if upper >> 63 else upper + command, 1)
contained()

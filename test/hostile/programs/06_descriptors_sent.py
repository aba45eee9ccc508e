# attack: sends a descriptor to itself and makes a socket of one that isn't
# expect: status=ok stdout=contained
# use: helpers
import array, socket
for fd in (0, 1, 2):
    try:
        peer = socket.socket(fileno=fd)
    except OSError:
        continue
    escaped("descriptor %d is a socket" % fd)
contained()

# attack: looks for descriptors of the server, the zygote or others
# expect: status=ok stdout=contained
# use: helpers
import os
for fd in range(3, 4096):
    fails("descriptor %d" % fd, lambda: os.fstat(fd))
contained()

# attack: a gigabyte by fallocate
# expect: status=ok stdout=contained
# use: helpers
import os
fd = os.open("allocated", os.O_RDWR | os.O_CREAT)
fails("fallocate", lambda: os.posix_fallocate(fd, 0, 1 << 30))
contained()

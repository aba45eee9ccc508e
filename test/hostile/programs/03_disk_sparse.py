# attack: a terabyte of nothing
# expect: status=ok stdout=contained
# use: helpers
import os
fd = os.open("sparse", os.O_RDWR | os.O_CREAT)
fails("truncate", lambda: os.ftruncate(fd, 1 << 40))
fails("a write far behind the end", lambda: os.pwrite(fd, b"x", 1 << 40))
contained()

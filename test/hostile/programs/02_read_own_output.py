# attack: reads from its output and writes to its input
# expect: status=ok stdout=contained
# use: helpers
import os
fails("read(1)", lambda: os.read(1, 1))
fails("write(0)", lambda: os.write(0, b"x"))
contained()

# attack: hides data in extended attributes
# expect: status=ok stdout=contained
# expect: status=disk|memory
# use: helpers
# needs: allow_list
import os
held = 0
try:
    for n in range(2000):
        open("f%d" % n, "w").close()
        os.setxattr("f%d" % n, "user.x", b"x" * 30000)
        held += 30000
except OSError:
    pass
if held > 32 << 20:
    escaped("%d MB in attributes" % (held >> 20))
contained()

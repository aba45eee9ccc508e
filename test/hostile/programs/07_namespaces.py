# attack: namespaces of its own, in which it is root
# expect: status=ok stdout=contained
# use: helpers
import os
for flag in (0x10000000, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x20000000, 0x40000000, 0x80, 0):
    refused("unshare", flag)
    result = call("clone", flag | 17, 0, 0, 0, 0)
    if result == 0:
        os._exit(0)
    if result > 0:
        escaped("clone(%#x)" % flag)
contained()

# attack: socketpairs of other families
# expect: status=ok stdout=contained
# use: helpers
import ctypes
pair = (ctypes.c_int * 2)()
for family in (2, 10, 16, 17, 30, 40):
    for kind in (1, 2, 5):
        if call("socketpair", family, kind, 0, ctypes.addressof(pair)) == 0:
            escaped("family %d" % family)
refused("socketpair", (1 << 32) + 2, 1, 0, ctypes.addressof(pair), also=(95,))
contained()

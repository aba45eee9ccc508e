# attack: clone3, whose flags a filter can't see
# expect: status=ok stdout=contained
# use: helpers
# fence: pids
import ctypes, errno, os
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
for size in (64, 80, 88):
    result = call("clone3", ctypes.addressof(arguments), size)
    if result == 0:
        os._exit(0)
    if result != -errno.ENOSYS:
        escaped("clone3 answered %d" % result)
contained()

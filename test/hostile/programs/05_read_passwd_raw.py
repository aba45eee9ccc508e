# attack: the same by openat2 and by a descriptor that only names the file
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import ctypes, os
path = ctypes.create_string_buffer(b"/etc/passwd")
how = (ctypes.c_uint64 * 3)(0, 0, 0)
for flags in (0, 0o10000000):
    how[0] = flags
    fd = call(437, -100, ctypes.addressof(path), ctypes.addressof(how), 24)
    if fd >= 0:
        fails("a reopened name", lambda: open("/proc/self/fd/%d" % fd).read())
        fails("a read", lambda: os.read(fd, 10))
contained()

# attack: watches the folder of all folders, and waits for the next one
# expect: status=ok stdout=contained
# use: helpers
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
fd = libc.inotify_init()
if fd >= 0:
    for path in (b"..", b"../..", b"/dev/shm", b"/usr/lib/python3.11", b"/proc"):
        if libc.inotify_add_watch(fd, path, 0xFFF) >= 0:
            escaped("watches " + path.decode())
contained()

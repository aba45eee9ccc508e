# attack: becomes someone else
# expect: status=ok stdout=contained
# use: helpers
# needs: uid
import ctypes, os
for uid in (0, 1, 65534):
    if uid != os.getuid():
        fails("setuid %d" % uid, lambda: os.setuid(uid))
        fails("setresuid %d" % uid, lambda: os.setresuid(uid, uid, uid))
        fails("setgid %d" % uid, lambda: os.setgid(uid))
fails("setgroups", lambda: os.setgroups([0]))
header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
refused("capset", ctypes.addressof(header), ctypes.addressof(data))
if 0 in (os.getuid(), os.geteuid(), *os.getresuid()):
    escaped("is root")
contained()

# attack: makes device files
# expect: status=ok stdout=contained
# use: helpers
import os, stat
for kind, major, minor in ((stat.S_IFBLK, 8, 0), (stat.S_IFCHR, 1, 1), (stat.S_IFBLK, 7, 0), (stat.S_IFCHR, 10, 229)):
    fails("mknod", lambda: os.open(os.mknod("device", kind | 0o666, os.makedev(major, minor)) or "device", os.O_RDONLY))
    if os.path.exists("device"):
        escaped("a device file")
        os.remove("device")
contained()

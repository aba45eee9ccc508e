# attack: enters the namespaces of others
# expect: status=ok stdout=contained
# use: helpers
import os
for name in ("user", "mnt", "net", "pid", "ipc", "uts", "cgroup", "time"):
    for pid in ("self", "1", str(os.getppid())):
        try:
            fd = os.open("/proc/%s/ns/%s" % (pid, name), os.O_RDONLY)
        except OSError:
            continue
        refused("setns", fd, 0)
        os.close(fd)
refused("setns", 0, 0)
contained()

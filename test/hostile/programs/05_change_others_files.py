# attack: what needs no open: modes, owners, times, attributes of files that it can name
# expect: status=ok stdout=contained
# use: helpers
# needs: allow_list
import os
before = {}
for path in ("/tmp/canary", "/dev/shm", "/tmp", ".."):
    try:
        before[path] = os.stat(path)
    except OSError:
        continue
    for change in (lambda: os.chmod(path, 0o777), lambda: os.chown(path, os.getuid(), os.getgid()), lambda: os.utime(path, (1, 1)),
                   lambda: os.setxattr(path, "user.x", b"x"), lambda: os.truncate(path, 0), lambda: os.remove(path)):
        try:
            change()
        except OSError:
            pass
    try:
        after = os.stat(path)
    except OSError:
        escaped(path + " is gone")
        continue
    for name in ("st_mode", "st_uid", "st_size"):
        if getattr(before[path], name) != getattr(after, name) and (name != "st_size" or path == "/tmp/canary"):
            escaped("%s of %s changed" % (name, path))
    if after.st_mtime == 1:
        escaped("time of %s changed" % path)
contained()

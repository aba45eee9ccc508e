# attack: a message in the times of a file that all can see
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
# needs: allow_list
import os
for path in (os.__file__, "/tmp", "/dev/shm", "..", "/dev/null", "/"):
    try:
        if os.stat(path).st_mtime == 123456789:
            escaped("a message in " + path)
        os.utime(path, (123456789, 123456789))
    except OSError:
        continue
    if os.stat(path).st_mtime == 123456789:
        escaped("left a message in " + path)
contained()

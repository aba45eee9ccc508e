# attack: opens the other ends of its own streams through /proc, and leaves with them open
# expect: status=ok stdout=contained
import os
held = []
for path, flags in (("/proc/self/fd/0", os.O_WRONLY), ("/proc/self/fd/1", os.O_RDONLY), ("/proc/self/fd/2", os.O_RDONLY)):
    try:
        held.append(os.open(path, flags | os.O_NONBLOCK))
    except OSError:
        pass
print("contained")

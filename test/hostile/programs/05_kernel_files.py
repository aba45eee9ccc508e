# attack: the kernel's and the machine's memory
# expect: status=ok stdout=contained
# use: helpers
import os
for path in ("/proc/kcore", "/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/proc/kmsg", "/dev/kvm", "/dev/fuse",
             "/proc/sysrq-trigger", "/sys/kernel/debug", "/proc/kpagecount"):
    for flags in (os.O_RDONLY, os.O_WRONLY):
        fails(path, lambda: os.read(os.open(path, flags), 1))
contained()

# attack: what the kernel does for everyone
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/fs/pipe-max-size", "/sys/kernel/mm/ksm/run",
             "/proc/self/oom_score_adj", "/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/pids/cgroup.procs"):
    fails(path, lambda: os.write(os.open(path, os.O_WRONLY), b"1"))
contained()

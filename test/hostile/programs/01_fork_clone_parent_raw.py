# attack: a sibling instead of a child, that nobody would wait for
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import os
CLONE_VM, CLONE_PARENT, CLONE_VFORK, CLONE_UNTRACED, CLONE_PIDFD = 0x100, 0x8000, 0x4000, 0x800000, 0x1000
for flags in (CLONE_PARENT, CLONE_PARENT | 17, CLONE_VFORK | 17, CLONE_UNTRACED | 17, (1 << 32) | 17):
    result = call("clone", flags, 0, 0, 0, 0)
    if result == 0:
        os._exit(0)
    if result > 0:
        escaped("clone(%#x)" % flags)
contained()

# attack: a ruleset of its own can only take away, never give
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import ctypes, os
attributes = (ctypes.c_uint64 * 1)(0x1FFF)
fd = call("landlock_create_ruleset", ctypes.addressof(attributes), 8, 0)
if fd >= 0:
    call("landlock_restrict_self", fd, 0)
fails("/etc/passwd", lambda: open("/etc/passwd").read())
contained()

# attack: who talks to whom
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
for name in ("tcp", "tcp6", "unix", "arp", "route", "dev", "netlink"):
    fails("/proc/net/" + name, lambda: open("/proc/net/" + name).read())
    fails("/proc/self/net/" + name, lambda: open("/proc/self/net/" + name).read())
contained()

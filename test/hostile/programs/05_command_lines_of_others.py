# attack: who else is there, and how it was started
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
for pid in processes():
    for name in ("cmdline", "status", "stat", "maps", "limits", "cgroup"):
        fails("/proc/%d/%s" % (pid, name), lambda: open("/proc/%d/%s" % (pid, name)).read())
contained()

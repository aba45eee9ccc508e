# attack: reads and writes memory through /proc
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
for pid in processes():
    for mode in ("rb", "r+b"):
        fails("/proc/%d/mem" % pid, lambda: open("/proc/%d/mem" % pid, mode))
    for name in ("maps", "pagemap", "syscall", "stack", "auxv"):
        fails("/proc/%d/%s" % (pid, name), lambda: open("/proc/%d/%s" % (pid, name), "rb").read(100) or 1 / 0, OSError, ZeroDivisionError)
contained()

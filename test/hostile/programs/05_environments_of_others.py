# attack: the server's environment, where the tokens are
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
for pid in processes():
    fails("/proc/%d/environ" % pid, lambda: print(open("/proc/%d/environ" % pid, "rb").read() or 1 / 0), OSError, ZeroDivisionError)
contained()

# attack: the neighbours' folders by their processes
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
for pid in processes():
    for name in ("cwd", "root", "fd/0", "fd/3"):
        fails("/proc/%d/%s" % (pid, name), lambda: os.listdir("/proc/%d/%s/" % (pid, name)))
    for name in ("cwd/secret.txt", "cwd/main.py"):
        fails("/proc/%d/%s" % (pid, name), lambda: print(open("/proc/%d/%s" % (pid, name)).read()))
contained()

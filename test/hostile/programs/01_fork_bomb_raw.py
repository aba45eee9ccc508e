# attack: the fork calls themselves, past any wrapper of Python's
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import os
SIGCHLD = 17
for name, arguments in (("fork", ()), ("clone", (SIGCHLD, 0, 0, 0, 0)), ("clone", (0, 0, 0, 0, 0))):
    result = call(name, *arguments)
    if result == 0:
        os._exit(0)
    if result > 0:
        escaped("%s made process %d" % (name, result))
contained()

# attack: a terminal with a process on it
# expect: status=ok stdout=contained
# use: helpers
# fence: pids
import os, pty
fails("forkpty", os.forkpty)
fails("pty.spawn", lambda: pty.spawn(["/bin/true"]))
contained()

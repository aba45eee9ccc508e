# attack: becomes another program, which the checks of this one don't know
# expect: status=ok stdout=contained denied>=execve
# use: helpers
import os, sys
for function in (os.execv, os.execvp):
    fails("exec", lambda: function("/bin/echo", ["echo", "ESCAPED: exec"]))
fails("exec of itself", lambda: os.execv(sys.executable or "/usr/bin/python3", ["python3", "-c", "print('ESCAPED: exec')"]))
fails("exec of main.py", lambda: os.execve("main.py", ["main.py"], {}))
contained()

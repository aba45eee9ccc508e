# attack: goes where the neighbours are and looks from there
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
try:
    os.chdir("..")
except OSError:
    contained()
    raise SystemExit
fails("the folder of all folders", lambda: os.listdir("."))
try:
    os.chdir("..")
    for name in os.listdir("."):
        escaped("sees " + name)
except OSError:
    pass
contained()

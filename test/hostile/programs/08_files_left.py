# attack: leaves a file for the next one
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
# needs: landlock
import os
home = os.path.expanduser("~")
for folder in (".", home, os.environ.get("TMPDIR", "."), "/tmp", "/var/tmp", "/dev/shm"):
    path = os.path.join(folder, "left-for-the-next")
    if os.path.exists(path):
        escaped("found " + path)
for folder in (".", home, "/tmp", "/var/tmp", "/dev/shm"):
    try:
        open(os.path.join(folder, "left-for-the-next"), "w").close()
    except OSError:
        pass
contained()

# attack: writes where the others' files are
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os, tempfile
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/home", "..", "../.."):
    fails(folder, lambda: open(os.path.join(folder, "planted"), "w"))
    fails(folder, lambda: os.mkdir(os.path.join(folder, "planted")))
fails("rename out", lambda: os.rename("main.py", "/tmp/planted"))
if not tempfile.gettempdir().startswith(os.getcwd()):
    escaped("tempfile is in " + tempfile.gettempdir())
contained()

# attack: looks around
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
for folder in ("/", "/etc", "/root", "/home", "/tmp", "/var", "/run", "/mnt", "/proc", "/sys", "/dev", "/dev/shm", "..", "../.."):
    fails(folder, lambda: os.listdir(folder))
contained()

# attack: files in /dev/shm
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
fails("a file in /dev/shm", lambda: open("/dev/shm/hoard", "wb"))
fails("a folder in /dev/shm", lambda: os.mkdir("/dev/shm/hoards"))
contained()

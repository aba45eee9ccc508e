# attack: is told what others do with files
# expect: status=ok stdout=contained
# use: helpers
import fcntl, os
refused("inotify_init1", 0)
refused("fanotify_init", 0, 0)
folder = os.open(".", os.O_RDONLY)
fails("F_NOTIFY", lambda: fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_CREATE))
with open("file", "w") as file:
    fails("F_SETLEASE", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK))
contained()

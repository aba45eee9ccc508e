# attack: locks a file that all can read, and leaves it locked
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
import fcntl, os
file = open(os.__file__)
try:
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    escaped("somebody's lock is still there")
except OSError:
    pass
os.set_inheritable(file.fileno(), True)
contained()

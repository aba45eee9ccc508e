# attack: kills itself as a watch would, to be told as another ending
# expect: status=signal signal=SIGKILL limit=none
import os
os.kill(os.getpid(), 9)

# attack: the signal of used up processor time
# expect: status=signal signal=SIGXCPU limit=none
import os, signal
os.kill(os.getpid(), signal.SIGXCPU)

# attack: the signal of a refused call
# expect: status=signal signal=SIGSYS limit=none
# expect: status=ok|error limit=none
import os, signal
signal.signal(signal.SIGSYS, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGSYS)

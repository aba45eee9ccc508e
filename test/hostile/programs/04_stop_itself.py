# attack: stops itself, so that it uses nothing and never ends
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)

# attack: a thread stops the process when it ends
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import os, signal, threading
threading.Thread(target=lambda: (threading.main_thread().join(), os.kill(os.getpid(), signal.SIGSTOP))).start()

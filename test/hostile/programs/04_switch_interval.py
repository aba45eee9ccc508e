# attack: a thread that is never asked to let the others run
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import sys, threading, time
sys.setswitchinterval(10**6)
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
while True: pass

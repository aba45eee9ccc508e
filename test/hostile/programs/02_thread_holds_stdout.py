# attack: a thread never lets go of stdout, which the end has to flush
# expect: status=timeout limit=wall
# request: {"timeout_ms": 400}
import sys, threading, time
class Sticky:
    def write(self, text):
        time.sleep(100)
    def flush(self):
        time.sleep(100)
sys.stdout = Sticky()
threading.Thread(target=print, args=("x",)).start()

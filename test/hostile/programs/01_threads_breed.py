# attack: every thread starts two more before it ends
# expect: status=signal limit=threads
# request: {"timeout_ms": 3000}
# needs: threads
# fence: pids
import threading, time
count = [0]
def breed():
    count[0] += 2
    if count[0] < 400:
        for _ in range(2):
            try:
                threading.Thread(target=breed).start()
            except RuntimeError:
                pass
    time.sleep(5)
breed()

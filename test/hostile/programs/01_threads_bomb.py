# attack: threads without end, each of which stays
# expect: status=signal limit=threads
# request: {"timeout_ms": 3000}
# needs: threads
# fence: pids
import threading, time
stay = threading.Event()
for _ in range(200):
    try:
        threading.Thread(target=stay.wait, daemon=True).start()
    except RuntimeError:
        time.sleep(0.01)
stay.wait()

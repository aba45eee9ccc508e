# attack: waits for a lock that it holds
# expect: status=timeout limit=wall
# request: {"timeout_ms": 200}
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()

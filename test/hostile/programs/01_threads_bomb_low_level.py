# attack: the same with _thread, small stacks, and every error ignored
# expect: status=signal limit=threads
# request: {"timeout_ms": 3000}
# needs: threads
# fence: pids
import _thread, time
_thread.stack_size(32768)
held = _thread.allocate_lock()
held.acquire()
for _ in range(200):
    try:
        _thread.start_new_thread(held.acquire, ())
    except Exception:
        time.sleep(0.01)
held.acquire()

# attack: takes all it can get, catches the error, and keeps it
# expect: status=memory limit=memory
# request: {"timeout_ms": 4000}
# needs: memory_watch
import time
hoard, size = [], 1 << 20
while True:
    try:
        hoard.append(bytearray(b"x" * size))
    except MemoryError:
        size = max(size // 2, 1)
        time.sleep(0.01)

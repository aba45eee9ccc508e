# attack: touches the stacks of many threads
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# expect: status=error stderr~MemoryError
# request: {"timeout_ms": 4000}
import threading
threading.stack_size(64 << 20)
def touch():
    import ctypes
    (ctypes.c_char * (60 << 20))()
started = 0
for _ in range(20):
    try:
        threading.Thread(target=touch).start()
        started += 1
    except (RuntimeError, MemoryError, ValueError):
        break
print("contained")

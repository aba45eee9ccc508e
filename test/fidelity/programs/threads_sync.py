# Locks, conditions, barriers, semaphores, queues, local data; errors of their misuse.
import queue
import threading

barrier, results, lock = threading.Barrier(3), queue.Queue(), threading.Lock()
local = threading.local()


def work(n):
    local.value = n
    barrier.wait()
    with lock:
        results.put(local.value * 10)


threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.get_nowait() for _ in range(3)), hasattr(local, "value"), results.empty())
for call in (lock.release, lambda: threads[0].start(), lambda: threading.Thread(target=work).join(), lambda: threading.current_thread().join(), threading.Condition().notify, lambda: threading.Semaphore(-1), lambda: results.get_nowait(), lambda: threading.BoundedSemaphore(1).release(), lambda: threading.RLock().release()):
    try:
        call()
    except (RuntimeError, ValueError, queue.Empty) as error:
        print(type(error).__name__, error)
print(lock.acquire(timeout=0), lock.acquire(blocking=False), lock.locked(), threading.TIMEOUT_MAX > 1e6)
threading.Thread(group=5)

# concurrent.futures: map in order, exceptions carried over, cancellation, as_completed.
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed, wait


def square(n):
    if n == 7:
        raise ValueError("seven")
    return n * n


with ThreadPoolExecutor(4, thread_name_prefix="pool") as pool:
    print(list(pool.map(square, range(7))))
    futures = {pool.submit(square, n): n for n in (2, 7, 3)}
    print(sorted(futures[future] for future in as_completed(futures)))
    for future, n in futures.items():
        print(n, future.exception() or future.result())
    gate = threading.Event()
    blocked = [pool.submit(gate.wait) for _ in range(4)]
    waiting = pool.submit(square, 1)
    print(waiting.cancel(), waiting.cancelled())
    gate.set()
    print(len(wait(blocked).done))
    last = pool.submit(square, 7)
last.result()

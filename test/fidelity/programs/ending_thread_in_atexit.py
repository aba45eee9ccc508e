# A thread started by an atexit callback, a pool that is not shut down, a timer that is cancelled.
import atexit
import concurrent.futures
import threading


def late():
    try:
        thread = threading.Thread(target=lambda: print("thread of atexit"))
        thread.start()
        thread.join()
    except RuntimeError as error:
        print(error)


atexit.register(late)
pool = concurrent.futures.ThreadPoolExecutor(2)
future = pool.submit(lambda: "done")
print(future.result())
queued = pool.submit(print, "queued")
concurrent.futures.wait([queued])
timer = threading.Timer(1000, print)
timer.start()
timer.cancel()
timer.join()
print(timer.finished.is_set())

# The main thread ends by an exception; a thread still prints, and fails too.
import threading

release = threading.Event()


def worker():
    threading.main_thread().join()
    print("after the main thread")
    raise KeyError("in the worker")


threading.Thread(target=worker, name="worker").start()
raise ValueError("in main")

# Non-daemon threads go on after the main thread's end; then atexit; then finalizers; daemons are cut off.
import atexit
import threading
import time

main_done = threading.Event()


class Last:
    def __del__(self):
        print("finalizer")


def worker():
    main_done.wait()
    print("worker", threading.main_thread().is_alive(), threading.current_thread().name, threading.active_count())
    again = threading.Thread(target=lambda: print("started late by a worker"))
    again.start()


def daemon():
    threading.Event().wait()
    print("never")


atexit.register(lambda: print("atexit", threading.active_count()))
threading._register_atexit(print, "threading's own atexit")
last = Last()
threading.Thread(target=worker).start()
threading.Thread(target=daemon, daemon=True).start()
threading.Thread(target=lambda: threading.main_thread().join() or main_done.set()).start()
print("main ends")

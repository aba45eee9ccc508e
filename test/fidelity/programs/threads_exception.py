# An exception in a thread: its traceback by its name, the main thread goes on and ends with 0.
import threading


def fail(n):
    raise ValueError(f"thread {n}")


for number in range(2):
    thread = threading.Thread(target=fail, args=(number,), name=f"failing-{number}")
    thread.start()
    thread.join()
leaving = threading.Thread(target=lambda: exit(3))
leaving.start()
leaving.join()
threading.excepthook = lambda seen: print("hook:", seen.exc_type.__name__, seen.exc_value, seen.thread.name)
hooked = threading.Thread(target=fail, args=(9,), name="hooked")
hooked.start()
hooked.join()
print("main ends")

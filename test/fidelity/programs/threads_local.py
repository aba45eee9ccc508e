# threading.local, contextvars, timers, semaphores.
import contextvars
import threading

local = threading.local()
local.value = "main"
variable = contextvars.ContextVar("variable", default="unset")
variable.set("main's")
results = {}


def look(n):
    results[n] = (getattr(local, "value", None), variable.get())
    local.value = n


for n in range(3):
    thread = threading.Thread(target=look, args=(n,))
    thread.start()
    thread.join()
print(results, local.value, variable.get())
context = contextvars.copy_context()
context.run(variable.set, "copied")
print(variable.get(), context[variable])
semaphore = threading.BoundedSemaphore(1)
print(semaphore.acquire(blocking=False), semaphore.acquire(blocking=False))
semaphore.release()
timer = threading.Timer(0.001, print, ("timer fired",))
timer.start()
timer.join()
print(threading.get_ident() == threading.main_thread().ident, threading.stack_size())
semaphore.release()

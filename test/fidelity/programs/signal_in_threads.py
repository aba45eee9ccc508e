# Signals reach the main thread's handlers; a thread may not set one; interrupt_main; a wake-up descriptor.
import _thread
import os
import signal
import threading

seen = []
signal.signal(signal.SIGUSR1, lambda number, frame: seen.append((number, threading.current_thread().name)))
thread = threading.Thread(target=lambda: signal.raise_signal(signal.SIGUSR1))
thread.start()
thread.join()
signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
print(seen)
failed = []


def set_one():
    try:
        signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    except ValueError as error:
        failed.append(str(error))


thread = threading.Thread(target=set_one)
thread.start()
thread.join()
print(failed)
reading, writing = os.pipe()
os.set_blocking(writing, False)
print(signal.set_wakeup_fd(writing))
signal.raise_signal(signal.SIGUSR1)
print(list(os.read(reading, 10)), signal.set_wakeup_fd(-1) == writing)
try:
    _thread.interrupt_main()
    for _ in range(1000):
        pass
except KeyboardInterrupt as error:
    print(repr(error))
_thread.interrupt_main(signal.SIGTERM)
signal.signal(signal.SIGINT, signal.SIG_IGN)
_thread.interrupt_main()
print("ignored")

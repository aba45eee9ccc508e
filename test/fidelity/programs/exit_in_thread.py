# sys.exit, os._exit's absence, and exceptions within threads end the threads alone.
import sys
import threading


def leave(code):
    print("leaving with", code)
    sys.exit(code)


for code in (0, 3, "text", None):
    thread = threading.Thread(target=leave, args=(code,))
    thread.start()
    thread.join()
    print(thread.is_alive())
thread = threading.Thread(target=lambda: (_ for _ in ()).throw(KeyboardInterrupt))
thread.start()
thread.join()
sys.exit(4)

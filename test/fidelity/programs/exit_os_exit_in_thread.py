# os._exit from a thread ends all.
import os
import threading

print("flushed", flush=True)
threading.Thread(target=lambda: os._exit(17)).start()
threading.Event().wait()

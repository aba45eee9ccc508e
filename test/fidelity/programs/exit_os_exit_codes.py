# os._exit: nothing is flushed, joined or called.
import atexit
import os
import sys
import threading

atexit.register(print, "never")
print("lost in the buffer")
sys.stderr.write("stderr is not buffered by lines\n")
os.write(1, b"written at once\n")
threading.Thread(target=threading.Event().wait).start()
os._exit(300)

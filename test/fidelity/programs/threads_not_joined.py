# A thread that nobody joins prints after the main program's end; atexit comes after it.
import atexit
import sys
import threading

atexit.register(print, "atexit")


def late():
    threading.main_thread().join()
    print("the thread goes on after the main program")
    print("on stderr too", file=sys.stderr)
    thread = threading.Thread(target=print, args=("a thread of the thread",))
    thread.start()


threading.Thread(target=late).start()
print("main ends")
sys.exit(4)

# attack: a thread ends the process while the main thread works
# expect: status=error exit=9
import os, threading
threading.Thread(target=os._exit, args=(9,)).start()
while True:
    pass

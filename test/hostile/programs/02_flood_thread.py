# attack: a thread floods while the main thread waits for it
# expect: status=output limit=output truncated=stdout
import os, threading
def flood():
    while True:
        os.write(1, b"x" * 65536)
threading.Thread(target=flood).start()

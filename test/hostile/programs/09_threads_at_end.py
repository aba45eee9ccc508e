# attack: daemon threads that go on printing while the interpreter ends
# expect: status=ok|signal limit=none
# expect: status=output limit=output
import os, threading
def chatter():
    while True:
        os.write(1, b".")
for _ in range(8):
    threading.Thread(target=chatter, daemon=True).start()

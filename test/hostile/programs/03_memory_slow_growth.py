# attack: a megabyte now and then
# expect: status=memory limit=memory
# needs: memory_watch
import time
hoard = []
while True:
    hoard.append(bytearray(b"x" * (1 << 20)))
    time.sleep(0.003)

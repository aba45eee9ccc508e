# attack: repeats the bytes that tell the server that a program has begun or ended
# expect: status=error exit=5
import os
for byte in range(256):
    os.write(1, bytes([byte]))
    os.write(2, bytes([byte]))
os._exit(5)

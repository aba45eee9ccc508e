# Many small unbuffered and flushed writes.
import os
import sys

for n in range(500):
    print(n, end=" ", flush=True)
    os.write(2, b".")
os.write(1, b"\n")
sys.stderr.flush()

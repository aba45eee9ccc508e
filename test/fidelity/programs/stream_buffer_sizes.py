# When a full buffer is written: the pieces are seen by what stands between them on the descriptor.
import os
import sys

for size in (8191, 8192, 8193, 100, 20000, 1):
    sys.stdout.write("x" * size)
    os.write(1, b"|")
sys.stdout.write("\n")
os.write(1, b"|")
sys.stdout.flush()
os.write(1, b"|\n")
sys.stdout.buffer.write(b"b" * 8000)
os.write(1, b"|")
sys.stdout.write("t" * 300)
os.write(1, b"|")
sys.stdout.buffer.write(b"c" * 10)
os.write(1, b"|")

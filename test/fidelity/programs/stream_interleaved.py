# Order within a stream: print, buffer.write, os.write, write of a duplicate, C's own stdio.
import ctypes
import os
import sys

libc = ctypes.CDLL(None)
print("print one")
os.write(1, b"os.write one\n")
sys.stdout.buffer.write(b"buffer one\n")
libc.puts(b"puts one")
sys.stdout.flush()
os.write(1, b"os.write two\n")
with os.fdopen(os.dup(1), "w") as other:
    other.write("a duplicate\n")
print("print two", end="")
libc.puts(b"puts two")
open(1, "w", closefd=False).write("opened again\n")
sys.stdout.write("last\n")

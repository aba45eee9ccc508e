# Descriptor 1 replaced by one that can only be read: writing fails at the flush, and again at exit.
import os
import sys

os.write(1, b"to the pipe\n")
os.dup2(os.open(__file__, os.O_RDONLY), 1)
print("into the void")
try:
    sys.stdout.flush()
except OSError as error:
    sys.stderr.write(f"{error}\n")
print("again")

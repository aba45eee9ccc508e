# Descriptor 1 closed under Python's feet: the error comes with the last flush.
import os
import sys

print("lost")
os.close(1)
print("also lost, but printed without an error")
print("stderr is still there", file=sys.stderr)

# Descriptor 1 closed with text in the buffer, and an exit code of one's own: 120 wins.
import os
import sys

print("lost")
os.close(1)
sys.exit(3)

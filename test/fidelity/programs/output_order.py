# Buffered text and unbuffered bytes on one descriptor: the order is that of the flushes.
import os
import sys

print("buffered, first in the source")
os.write(1, b"by os.write, first in the output\n")
sys.stdout.buffer.write(b"by the buffer\n")
print("text again")
sys.stdout.flush()
os.write(1, b"after the flush\n")
sys.__stdout__.write("by __stdout__\n")
with open(1, "w", closefd=False) as again:
    again.write("by another file on descriptor 1\n")
print(sys.stdout.isatty(), sys.stdout.line_buffering, sys.stderr.line_buffering, sys.stdout.fileno(), sys.stdin.isatty())
sys.stderr.write("no newline on stderr")

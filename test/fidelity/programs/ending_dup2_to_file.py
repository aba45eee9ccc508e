# Standard output redirected to a file and back, with what the buffer held.
import os
import sys

print("first to the pipe", flush=True)
saved = os.dup(1)
file = os.open("out.txt", os.O_WRONLY | os.O_CREAT)
os.dup2(file, 1)
print("to the file", flush=True)
os.write(1, b"raw to the file\n")
os.dup2(saved, 1)
print("back:", open("out.txt").read().splitlines(), sys.stdout.fileno(), os.get_inheritable(saved))

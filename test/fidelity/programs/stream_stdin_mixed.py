# stdin read in different ways: readline, iteration, buffer, os.read; what the buffers took.
# stdin: "one\ntwo\nthree\nfour\nfive\n"
import os
import select
import sys

print(select.select([0], [], [], 0)[0], sys.stdin.readline())
print(repr(sys.stdin.read(2)), repr(next(sys.stdin)), os.read(0, 100))
print(repr(sys.stdin.buffer.readline()), sys.stdin.buffer.peek()[:4], repr(sys.stdin.read()))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), sys.stdin.readlines(), sys.stdin.buffer.read())
try:
    sys.stdin.tell()
except OSError as error:
    print(error)
sys.stdin.close()
input("closed")

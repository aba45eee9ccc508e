# Standard input as bytes, beyond ASCII, with a NUL in it.
# stdin: "h\u00e9llo \ud83d\ude00\r\n\u0000\u0001end"
import sys

print(sys.stdin.buffer.readline())
print(sys.stdin.buffer.read(2), sys.stdin.buffer.read())

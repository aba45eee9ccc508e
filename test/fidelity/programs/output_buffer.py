# sys.stdout.buffer: bytes of every value, NUL included.
import sys

sys.stdout.buffer.write(bytes(range(128)) + b"\n")
sys.stdout.buffer.write("äöü €😀\n".encode())
print("text\0with\0nul")
sys.stdout.buffer.write(b"\x1b[31mred\x1b[0m\r\n\r\n")
print(sys.stdout.buffer.raw.mode, sys.stdout.newlines, sys.stdout.write("n\n"))

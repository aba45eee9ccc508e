# Bytes that are no text, NULs, carriage returns, byte order marks; no newline at the end.
import sys

sys.stdout.buffer.write(bytes(range(256)) * 3)
sys.stdout.buffer.write(b"\xef\xbb\xbf\xff\xfe\x00\xf0\x9f\x98")
sys.stdout.flush()
sys.stdout.write("\r\rover\rwritten\r\n\x0b\x0c\x1b[31mred\x1b[0m\x85\u2028\x00")
sys.stderr.buffer.write(b"\x80\x81\xc3")
sys.stderr.write("\x07 bell without a newline")

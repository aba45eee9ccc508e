# Half a megabyte on each of both streams, in turns.
import sys

line = "0123456789abcdef" * 6 + "xyz"
for n in range(5000):
    print(f"{n:04}{line[4:]}")
    print(f"{n:04}{line[4:].upper()}", file=sys.stderr)

# reconfigure: encodings, errors, newlines, line buffering; what is refused.
import os
import sys

print("plain é")
sys.stdout.reconfigure(encoding="ascii", errors="namereplace")
print("named é日")
sys.stdout.reconfigure(errors="xmlcharrefreplace", newline="\r\n")
print("reference é")
sys.stdout.reconfigure(line_buffering=True)
print("line", end="\n")
os.write(1, b"between\n")
sys.stdout.reconfigure(write_through=True, line_buffering=False)
sys.stdout.write("through ")
os.write(1, b"after\n")
for options in ({"encoding": "no-such"}, {"newline": "x"}, {"errors": 5}, {"bogus": 1}):
    try:
        sys.stdout.reconfigure(**options)
    except (LookupError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
sys.stdout.reconfigure(encoding="utf-16", errors="strict")
print("wide")

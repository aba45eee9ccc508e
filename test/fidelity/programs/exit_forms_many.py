# sys.exit in all its forms, caught; only the last one ends the program.
import sys


class Strange:
    def __str__(self):
        return "strange"

    def __int__(self):
        return 9


for code in (None, 0, 1, -1, 255, 256, 10**30, True, False, "text", "", b"bytes", (), (1,), (1, 2), [], 1.5, Strange(), Exception("x"), SystemExit(3)):
    try:
        sys.exit(code)
    except SystemExit as error:
        print(repr(error)[:60].split(" object")[0], type(error.code).__name__, error.args == (code,) or error.args)
try:
    raise SystemExit(1, 2)
except SystemExit as error:
    print(error.code)
try:
    exit("by site")
except SystemExit as error:
    print(error.code, sys.stdin.closed)
try:
    sys.exit(1, 2)
except TypeError as error:
    print(error)
sys.exit(Strange())

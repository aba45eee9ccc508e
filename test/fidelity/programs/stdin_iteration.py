# Lines by iteration, with every kind of line end.
# stdin: "one\ntwo\r\nthree\rfour\u2028five\n\nlast"
import sys

for number, line in enumerate(sys.stdin, 1):
    print(number, repr(line))

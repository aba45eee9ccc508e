# Standard input by its descriptor, and once more through open(0).
# stdin: "0123456789\nabc\n"
import os

print(os.read(0, 4))
with open(0, closefd=False) as again:
    print(repr(again.read()))
print(os.read(0, 10))

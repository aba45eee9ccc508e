# A MemoryError of an impossible size is an exception like any other.
try:
    "x" * (1 << 62)
except MemoryError as error:
    print("caught", repr(error))
try:
    [0] * (1 << 60)
except MemoryError:
    print("caught again")
b"x" * ((1 << 63) - 100)

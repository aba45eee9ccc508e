# MemoryError of one that asks for too much at once: caught, told, and the program goes on.
import traceback

for make in (lambda: bytearray(1 << 60), lambda: [0] * (1 << 60), lambda: "x" * (1 << 62), lambda: bytes(1 << 61), lambda: list(range(1 << 60)), lambda: 1 << (1 << 66)):
    try:
        make()
    except (MemoryError, OverflowError) as error:
        print(type(error).__name__, error.args)
kept = [bytearray(1000) for _ in range(100)]
try:
    bytearray(1 << 60)
except MemoryError:
    traceback.print_exc()
print(len(kept), sum(map(len, kept)))
" " * (1 << 61)

# Limits that a program may set, and what it is told when they are wrong.
import sys

for call in (
    lambda: sys.setrecursionlimit(0),
    lambda: sys.setrecursionlimit(1),
    lambda: sys.setrecursionlimit(10**20),
    lambda: sys.setswitchinterval(0),
    lambda: sys.set_int_max_str_digits(5),
    lambda: sys.intern(5),
    lambda: sys.getsizeof(),
    lambda: sys.exc_info(),
    lambda: sys.setswitchinterval(1e-4) or sys.getswitchinterval(),
    lambda: sys.set_int_max_str_digits(700) or str(10**800),
    lambda: int("9" * 800),
    lambda: sys.set_int_max_str_digits(0) or len(str(10**5000)),
    lambda: sys.setdlopenflags(2) or sys.getdlopenflags(),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(sys.getrecursionlimit())

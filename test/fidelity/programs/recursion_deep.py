# A raised limit, a comparison and a repr that recurse, memoised recursion.
import functools
import sys

sys.setrecursionlimit(6000)


def total(n):
    return n + total(n - 1) if n else 0


print(total(5000))
cyclic = []
cyclic.append(cyclic)
print(cyclic, {"self": ...})
try:
    cyclic == [cyclic] and cyclic < [cyclic]
    other = [[]]
    other[0] = other
    cyclic == other
except RecursionError as error:
    print(error)


@functools.cache
def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 20))


def hanoi(n, a="a", b="b", c="c"):
    return hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c) if n else []


print(len(hanoi(10)), hanoi(2))


class Endless:
    def __getattr__(self, name):
        return getattr(self, name + "_")


sys.setrecursionlimit(100)
Endless().x

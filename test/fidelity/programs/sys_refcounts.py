# Reference counts of what belongs to the program alone; sizes; interned strings; allocation counters exist.
import sys

value = object()
other = [value, value]
print(sys.getrefcount(value), sys.getrefcount(other), sys.getrefcount(sys.modules["__main__"]), sys.getrefcount(globals()))


def function():
    pass


class Class:
    pass


print(sys.getrefcount(function), sys.getrefcount(Class), sys.getrefcount(Class()), sys.getrefcount(function.__code__))
print(sys.getrefcount(sys.argv), sys.getrefcount(sys.path), sys.getrefcount(sys.stdout), sys.getrefcount(sys.stdin), sys.getrefcount(__loader__))
print([sys.getsizeof(thing) for thing in (0, 1 << 70, "", "abc", "日本", b"", [], {}, set(), (), function, Class, 1.5, None, range(5))])
print("".join(["ma", "in"]) is "".join(["ma", "in"]), sys.intern("".join(["ma", "in"])) is sys.intern("main"), sys.getallocatedblocks() > 1000)
print(sys.getrefcount(__name__) > 1, sys.getrefcount(sys.flags), sys.getrefcount(sys._getframe()))

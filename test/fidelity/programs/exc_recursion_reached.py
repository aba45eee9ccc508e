# How deep a program gets: exactly so many calls, with the default limit, a small one and a big one, in threads too.
import sys
import threading


def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n


def through_c(n):
    try:
        return sorted([n], key=lambda value: reached.append(n) or through_c(n + 1))[0]
    except RecursionError:
        return n


reached = []
print(sys.getrecursionlimit(), deep(0))
through_c(0)
print(max(reached))
for limit in (60, 300, 3000, 20000):
    sys.setrecursionlimit(limit)
    print(limit, deep(0))
sys.setrecursionlimit(1000)
depths = []
thread = threading.Thread(target=lambda: (depths.append(deep(0)), reached.clear(), through_c(0), depths.append(max(reached))))
thread.start()
thread.join()
print(depths)


def forever():
    forever()


forever()

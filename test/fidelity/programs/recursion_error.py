# Endless recursion: the limit, the depth that is reached, the shortened traceback.
import sys

print(sys.getrecursionlimit())
depth = 0


def endless(n):
    global depth
    depth = n
    return endless(n + 1)


try:
    endless(1)
except RecursionError as error:
    print(error, depth)
endless(1)

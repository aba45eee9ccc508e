# A bigger stack and a higher limit for a deep recursion, as is usual in contests.
import sys
import threading

sys.setrecursionlimit(200_000)
threading.stack_size(64 * 1024 * 1024)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def by_key(n):
    return n and max([n], key=lambda value: by_key(n - 1))


def main():
    print(depth(100_000), by_key(2000))


thread = threading.Thread(target=main)
thread.start()
thread.join()
print(threading.stack_size(0))
try:
    threading.stack_size(1000)
except ValueError as error:
    print(error)

# attack: an exception in the handling of an exception, ten thousand deep
# expect: status=error exit=1 limit=none
# expect: status=output limit=output truncated=stderr
import sys
sys.setrecursionlimit(3000)
def fall(n):
    try:
        raise ValueError("x" * 100)
    except ValueError:
        if n == 0:
            raise
        fall(n - 1)
fall(900)

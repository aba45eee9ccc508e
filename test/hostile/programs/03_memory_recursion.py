# attack: recursion without a limit
# expect: status=memory limit=memory
# expect: status=error|timeout
# expect: status=signal signal=SIGSEGV
import sys
sys.setrecursionlimit(10**9)
def fall():
    fall()
fall()

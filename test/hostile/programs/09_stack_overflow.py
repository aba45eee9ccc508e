# attack: a stack overflow in C
# expect: status=signal|error
# request: {"timeout_ms": 4000}
import sys
sys.setrecursionlimit(10**8)
class Fall:
    def __repr__(self):
        return repr(self)
repr(Fall())

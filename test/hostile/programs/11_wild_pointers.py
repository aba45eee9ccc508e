# attack: writes over the interpreter
# expect: status=signal
# expect: status=error
# expect: status=timeout
# request: {"timeout_ms": 2000}
import ctypes, sys
for one in (print, len, sys.stdout, {}, (), None, 1):
    ctypes.memset(id(one), 0x41, 64)
print("still here", [1] * 10)

# attack: writes over its own stack
# expect: status=signal
# expect: status=error
# request: {"timeout_ms": 2000}
import ctypes
local = ctypes.c_int()
libc = ctypes.CDLL(None)
libc.memset(ctypes.byref(local), 0x41, 1 << 30)

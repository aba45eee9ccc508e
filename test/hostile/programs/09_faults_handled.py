# attack: handles its own crashes and goes on
# expect: status=timeout limit=wall
# expect: status=signal
# request: {"timeout_ms": 300}
import ctypes, faulthandler, signal
faulthandler.disable()
libc = ctypes.CDLL(None)
libc.signal(signal.SIGSEGV, 1)
handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda number: None)
libc.signal(signal.SIGSEGV, handler)
ctypes.string_at(0)

# attack: reads address zero
# expect: status=signal signal=SIGSEGV limit=none
import ctypes
ctypes.string_at(0)

# attack: a real crash
# expect: status=signal signal=SIGSEGV limit=none stdout=before
import ctypes
print("before", flush=True)
ctypes.string_at(0)

# attack: locks what it has into memory
# expect: status=ok stdout=contained
# use: helpers
import ctypes
libc = ctypes.CDLL(None)
libc.mlockall(3)
fails("a hundred megabytes more", lambda: bytearray(10**9), MemoryError)
contained()

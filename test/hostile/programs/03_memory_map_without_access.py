# attack: mappings that can't be written to, and so don't count, are made writable afterwards
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# expect: status=error stderr~MemoryError
# use: helpers
import ctypes, mmap
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
size, made = 320 << 20, 0
area = libc.mmap(None, size, 0, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, -1, 0)
if area and area != 2**64 - 1:
    for offset in range(0, size, 8 << 20):
        if libc.mprotect(area + offset, 8 << 20, 3) != 0:
            break
        ctypes.memset(area + offset, 1, 8 << 20)
        made += 8
    if made > 200:
        escaped("%d MB" % made)
contained()

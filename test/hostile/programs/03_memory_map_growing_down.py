# attack: mappings that grow down count as stack, not as data
# expect: status=memory limit=memory
# expect: status=ok stdout=contained
# use: helpers
# needs: memory_watch
import ctypes, mmap, time
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
MAP_GROWSDOWN, MAP_STACK = 0x100, 0x20000
for made in range(0, 320, 4):
    area = libc.mmap(None, 4 << 20, 3, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_STACK, -1, 0)
    if not area or area == 2**64 - 1:
        break
    ctypes.memset(area, 1, 4 << 20)
    time.sleep(0.005)
else:
    escaped("320 MB of mappings that grow down")
contained()

# attack: looks in fresh memory for what the last one left there, and leaves a text for the next
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
import ctypes, mmap
marker = b"left-for-" + b"the-next-one"
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for _ in range(16):
    if marker * 2 in ctypes.string_at(libc.malloc(1 << 20), 1 << 20):
        escaped("memory of the last one, by malloc")
areas = [mmap.mmap(-1, 1 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(16)]
if any(area.find(marker) >= 0 for area in areas):
    escaped("memory of the last one")
for area in areas:
    area.write(marker * 40000)
contained()

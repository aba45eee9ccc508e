# attack: leaves a text in memory, and looks for the last one's
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
import ctypes, mmap
marker = b"left-for-" + b"the-next-one"
spare = [mmap.mmap(-1, 1 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(16)]
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for area in spare:
    if area.find(marker) >= 0:
        escaped("memory of the last one")
    area.write(marker * 40000)
for _ in range(16):
    block = libc.malloc(1 << 20)
    if marker * 3 in ctypes.string_at(block, 1 << 20):
        escaped("memory of the last one, by malloc")
contained()

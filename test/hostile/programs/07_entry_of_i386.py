# attack: the 32-bit entry, where every number means another call
# expect: status=signal signal=SIGSYS
# expect: status=denied
# expect: status=signal signal=SIGSEGV
# machine: x86_64
import ctypes, mmap
# mov eax, 20 (getpid of i386); int 0x80; ret
area = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
area.write(bytes.fromhex("b814000000cd80c3"))
address = ctypes.addressof(ctypes.c_char.from_buffer(area))
print("ESCAPED: getpid of i386 said", ctypes.CFUNCTYPE(ctypes.c_int)(address)())

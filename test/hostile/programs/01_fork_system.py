# attack: the C library's system and popen
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import ctypes, os
if os.system("echo ESCAPED: a shell") == 0:
    escaped("system")
libc = ctypes.CDLL(None)
if libc.system(b"echo ESCAPED: a shell") == 0:
    escaped("system of libc")
libc.popen.restype = ctypes.c_void_p
if libc.popen(b"echo ESCAPED: a shell", b"r"):
    escaped("popen of libc")
contained()

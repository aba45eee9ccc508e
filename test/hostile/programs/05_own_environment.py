# attack: what the process was started with
# expect: status=ok|error
import os
print(dict(os.environ))
try:
    print(open("/proc/self/environ", "rb").read())
except OSError as error:
    print(error)
import ctypes
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
n = 0
while environ[n]:
    print(environ[n])
    n += 1

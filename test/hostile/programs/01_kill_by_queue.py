# attack: signals with a value, by rt_sigqueueinfo and rt_tgsigqueueinfo
# expect: status=ok stdout=contained
# use: helpers
import ctypes
info = (ctypes.c_int * 32)(9, 0, -1)
for pid in processes():
    refused("rt_sigqueueinfo", pid, 9, ctypes.addressof(info))
    refused("rt_tgsigqueueinfo", pid, pid, 9, ctypes.addressof(info))
contained()

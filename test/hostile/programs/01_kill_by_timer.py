# attack: a timer that is to signal a thread of someone else
# expect: status=ok stdout=contained
# use: helpers
import ctypes, errno
SIGEV_THREAD_ID = 4
for pid in processes():
    event = (ctypes.c_int * 16)(0, 0, 9, SIGEV_THREAD_ID, pid)
    made = ctypes.c_int()
    refused("timer_create", 1, ctypes.addressof(event), ctypes.addressof(made), also=(errno.EINVAL,))
contained()

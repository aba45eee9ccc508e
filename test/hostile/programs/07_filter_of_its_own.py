# attack: a filter that says yes, and a listener that answers for the kernel
# expect: status=ok stdout=contained
# use: helpers
import ctypes
code = (ctypes.c_uint64 * 1)(0x7FFF000000000006)
program = (ctypes.c_uint64 * 2)(1, ctypes.addressof(code))
for flags in (0, 8):
    refused("seccomp", 1, flags, ctypes.addressof(program))
refused("seccomp", 0, 0, 0)
refused("prctl", 22, 2, ctypes.addressof(program), 0, 0)
refused("prctl", 22, 1, 0, 0, 0)
contained()

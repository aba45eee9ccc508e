# attack: system calls that no filter sees
# expect: status=ok stdout=contained
# use: helpers
import ctypes
parameters = ctypes.create_string_buffer(120)
refused("io_uring_setup", 8, ctypes.addressof(parameters))
refused("io_uring_enter", 0, 1, 0, 0, 0, 0)
refused("io_uring_register", -1, 0, 0, 0)
contained()

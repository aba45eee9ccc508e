# attack: a program for the kernel
# expect: status=ok stdout=contained
# use: helpers
import ctypes
attributes = ctypes.create_string_buffer(128)
for command in (0, 5, 7, 13, 18, 28, 36):
    refused("bpf", command, ctypes.addressof(attributes), 128)
contained()

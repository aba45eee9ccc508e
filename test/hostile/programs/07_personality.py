# attack: an address space without randomness, memory that is always executable
# expect: status=ok stdout=contained
# use: helpers
import errno
for value in (0x0040000, 0x0400000, 0x0100000, 0x20000000):
    refused("personality", value)
refused("modify_ldt", 1, 0, 0)
refused("iopl", 3)
refused("ioperm", 0, 8, 1)
contained()

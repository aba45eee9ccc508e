# attack: reads and writes the memory of others
# expect: status=ok stdout=contained
# use: helpers
import ctypes
area = ctypes.create_string_buffer(64)
vector = (ctypes.c_uint64 * 2)(ctypes.addressof(area), 64)
for pid in processes():
    for name in ("process_vm_readv", "process_vm_writev"):
        refused(name, pid, ctypes.addressof(vector), 1, ctypes.addressof(vector), 1, 0)
    refused("move_pages", pid, 0, 0, 0, 0, 0)
    refused("migrate_pages", pid, 0, 0, 0)
    refused("kcmp", pid, pid, 0, 0, 0)
    refused("get_robust_list", pid, ctypes.addressof(area), ctypes.addressof(area))
refused("process_madvise", -1, 0, 0, 0, 0)
refused("process_mrelease", -1, 0)
contained()

# attack: a file by its number, past every path
# expect: status=ok stdout=contained
# use: helpers
import ctypes, os
handle = ctypes.create_string_buffer(136)
handle[0:4] = (128).to_bytes(4, "little")
path = ctypes.create_string_buffer(b"/etc/passwd")
mount = ctypes.c_int()
refused("name_to_handle_at", -100, ctypes.addressof(path), ctypes.addressof(handle), ctypes.addressof(mount), 0)
refused("open_by_handle_at", -100, ctypes.addressof(handle), 0)
contained()

# attack: another root
# expect: status=ok stdout=contained
# use: helpers
import ctypes, os
here = ctypes.create_string_buffer(b".")
refused("chroot", ctypes.addressof(here))
refused("pivot_root", ctypes.addressof(here), ctypes.addressof(here))
fails("os.chroot", lambda: os.chroot("."))
contained()

# attack: execveat with a descriptor, and execve with a path that no wrapper has seen
# expect: status=ok stdout=contained denied>=execve,execveat
# use: helpers
import ctypes, os
path = ctypes.create_string_buffer(b"/bin/true")
argv = (ctypes.c_char_p * 2)(b"true", None)
refused("execve", ctypes.addressof(path), ctypes.addressof(argv), 0)
refused("execveat", -100, ctypes.addressof(path), ctypes.addressof(argv), 0, 0)
try:
    fd = os.open("/usr/bin/env", os.O_RDONLY)
except OSError:
    fd = os.open("main.py", os.O_RDONLY)
empty = ctypes.create_string_buffer(b"")
refused("execveat", fd, ctypes.addressof(empty), ctypes.addressof(argv), 0, 0x1000)
contained()

# attack: a key in the user's keyring, which outlives the process
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
import ctypes
kind, name = ctypes.create_string_buffer(b"user"), ctypes.create_string_buffer(b"left")
for keyring in (-4, -5, -3):
    found = call("keyctl", 10, keyring, ctypes.addressof(kind), ctypes.addressof(name), 0)
    if found > 0:
        escaped("found key %d" % found)
    if call("add_key", ctypes.addressof(kind), ctypes.addressof(name), ctypes.addressof(name), 4, keyring) > 0:
        escaped("left a key")
contained()

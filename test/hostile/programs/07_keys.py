# attack: the kernel's keyrings
# expect: status=ok stdout=contained
# use: helpers
import ctypes
word = ctypes.create_string_buffer(b"user")
for keyring in (-1, -2, -3, -4, -5):
    refused("add_key", ctypes.addressof(word), ctypes.addressof(word), ctypes.addressof(word), 4, keyring)
    refused("keyctl", 0, keyring, 1, 0, 0)
refused("keyctl", 1, 0, 0, 0, 0)
refused("request_key", ctypes.addressof(word), ctypes.addressof(word), 0, 0)
contained()

# attack: ten gigabytes of zeros, which need no page until they are touched
# expect: status=error exit=1 stderr~MemoryError
bytearray(10**10)

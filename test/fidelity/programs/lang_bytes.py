# bytes, bytearray, memoryview: literals, methods, mutation, views.
data = b"caf\xc3\xa9\x00\n\t'\""
print(data, data[3], data[3:5], data.decode(), list(b"az"), bytes(3), bytes([65, 66]), b"a" + b"b", b"%d-%s" % (5, b"x"))
buffer = bytearray(b"hello")
buffer[0] = ord("J")
buffer[1:2] = b"EE"
buffer += b"!"
del buffer[-2]
print(buffer, buffer.upper(), buffer.find(b"l"), bytes.fromhex("de ad"), buffer.hex("-", 2), b"a,b".split(b","), b" x ".strip(), b"abc".translate(None, b"b"))
view = memoryview(buffer)
view[1:3] = b"zz"
print(buffer, view[::2].tobytes(), view.readonly, memoryview(b"abc").readonly, view.obj is buffer, b"b" in view.tobytes())
try:
    buffer.append(1)
except BufferError as error:
    print(error)
view.release()
buffer.append(1)
for bad in (lambda: bytes([256]), lambda: b"a" + "a", lambda: b"abc".__setitem__(0, 1), lambda: bytes("é"), lambda: view[0]):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
print(str(b"bytes"), b"\xff".decode("ascii"))

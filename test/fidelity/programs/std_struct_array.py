# struct, array and memoryview casts: bytes with a layout.
import array
import struct

packed = struct.pack("<hIq?5sd", -2, 4294967295, -1, True, b"hello!", 1.5)
print(packed, struct.calcsize("<hIq?5sd"), struct.unpack("<hIq?5sd", packed))
print(struct.pack(">HH", 1, 65535).hex(" "), struct.unpack_from("<I", b"\0\1\2\3\4", 1))
print(list(struct.iter_unpack("<Bb", b"\x01\xff\x02\xfe")), struct.pack("e", 0.333))
numbers = array.array("i", [3, 1, 2])
numbers.extend([7])
numbers.byteswap()
print(numbers, numbers.itemsize, numbers.tobytes())
print(array.array("d", [1.5]) + array.array("d", [2]), array.array("u", "hé"))
view = memoryview(bytearray(range(8))).cast("H")
view[0] = 0xFFFF
print(view.tolist(), view.format, view.nbytes, view.shape)
for bad in (lambda: struct.pack("B", 256), lambda: struct.unpack("<I", b"abc"), lambda: array.array("b", [200])):
    try:
        bad()
    except (struct.error, OverflowError) as error:
        print(type(error).__name__, error)

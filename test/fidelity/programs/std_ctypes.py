# ctypes in the process: libc functions, structures, callbacks, pointers, errno.
import ctypes
import ctypes.util

libc = ctypes.CDLL(None, use_errno=True)
print(libc.abs(-5), libc.strlen(b"four"), ctypes.c_char_p(libc.getenv and b"x").value)


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int16), ("y", ctypes.c_double), ("bits", ctypes.c_uint8, 3)]


print(ctypes.sizeof(Point), Point.y.offset, Point(1, 2.5, 7).bits, bytes(Point(258, 0, 1))[:2])
compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
values = (ctypes.c_int * 5)(5, 1, 4, 2, 3)
libc.qsort(values, 5, ctypes.sizeof(ctypes.c_int), compare(lambda a, b: a[0] - b[0]))
print(list(values), libc.open(b"/missing", 0), ctypes.get_errno())
buffer = ctypes.create_string_buffer(20)
libc.snprintf(buffer, 20, b"%d-%s", 5, b"text")
print(buffer.value, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char))[0], ctypes.string_at(buffer, 3))
print(ctypes.pythonapi.Py_IsInitialized(), ctypes.py_object([1]).value)


@ctypes.CFUNCTYPE(ctypes.c_int)
def failing():
    raise ValueError("in a callback")


print(failing())
try:
    libc.no_such_function
except AttributeError as error:
    print(str(error).split(": ")[-1])
libc.strlen(5.5)

# attack: looks in its own memory for what the zygote or the server knew
# expect: status=ok|error
import re, ctypes
wanted = b"CANAR" + b"Y="
try:
    areas = re.findall(r"(\w+)-(\w+) rw\S+ \S+ \S+ \S+ +(\[stack\]|\[heap\])?\n", open("/proc/self/maps").read())
except OSError:
    areas = []
for start, end, _ in areas:
    start, end = int(start, 16), int(end, 16)
    if end - start < 64 << 20:
        data = ctypes.string_at(start, end - start)
        for match in re.finditer(wanted + rb"\w{8,}", data):
            print("found", match[0])
print("looked")

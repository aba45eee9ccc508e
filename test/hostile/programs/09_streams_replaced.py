# attack: puts other descriptors in the places of its streams
# expect: status=ok
import os
null = os.open("/dev/null", os.O_RDWR)
for fd in (0, 1, 2):
    os.dup2(null, fd)
reader, writer = os.pipe()
for fd in range(3, 30):
    if fd not in (reader, writer):
        os.dup2(writer, fd)
print("to nobody")

# attack: lets the kernel copy zeros without end
# expect: status=output limit=output truncated=stdout
# expect: status=ok|error limit=none
# request: {"timeout_ms": 5000}
import os
reader, writer = os.pipe()
os.write(writer, b"x" * 4096)
while True:
    os.splice(reader, 1, 4096)
    os.write(writer, b"x" * 4096)

# attack: sends a file to stdout again and again
# expect: status=output limit=output truncated=stdout
# expect: status=error limit=none
# request: {"timeout_ms": 5000}
import os
with open("data", "wb") as file:
    file.write(b"x" * 1_000_000)
fd = os.open("data", os.O_RDONLY)
while True:
    os.sendfile(1, fd, 0, 1_000_000)

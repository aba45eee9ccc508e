# attack: bytes that are six in JSON
# expect: status=output limit=output truncated=stdout
import os
while True:
    os.write(1, b"\x00\x01\x1b\x7f" * 10_000)

# attack: a thousand buffers in one call
# expect: status=output limit=output truncated=stdout
import os
part = b"z" * 10_000
while True:
    os.writev(1, [part] * 1000)

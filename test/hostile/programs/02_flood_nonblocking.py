# attack: makes stdout non-blocking and pushes
# expect: status=output limit=output truncated=stdout
import os
os.set_blocking(1, False)
while True:
    try:
        os.write(1, b"x" * 65536)
    except BlockingIOError:
        pass

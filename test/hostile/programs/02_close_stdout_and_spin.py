# attack: closes stdout, so that its end seems to have come, and goes on
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import os
os.close(1)
while True:
    pass

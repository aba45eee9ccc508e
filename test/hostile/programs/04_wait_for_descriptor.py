# attack: waits for what can't come
# expect: status=timeout limit=wall
# request: {"timeout_ms": 200}
import os
reader, writer = os.pipe()
os.read(reader, 1)

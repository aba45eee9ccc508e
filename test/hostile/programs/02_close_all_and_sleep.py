# attack: closes all its streams and stays
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import os, time
os.closerange(0, 100)
time.sleep(100)

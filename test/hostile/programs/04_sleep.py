# attack: sleeps for ever
# expect: status=timeout limit=wall
# request: {"timeout_ms": 200}
import time
time.sleep(10**6)

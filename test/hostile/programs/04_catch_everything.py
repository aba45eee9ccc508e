# attack: catches whatever is raised
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import time
while True:
    try:
        while True:
            time.sleep(0.01)
    except BaseException:
        pass

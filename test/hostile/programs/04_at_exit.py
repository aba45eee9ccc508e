# attack: never comes back from its exit callbacks
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import atexit
@atexit.register
def stay():
    while True:
        pass

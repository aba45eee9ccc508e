# attack: a stream whose close never returns
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import io, sys, time
class Stay(io.StringIO):
    def flush(self):
        time.sleep(100)
sys.stdout = Stay()

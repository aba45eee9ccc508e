# attack: the collector's callback stays
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import gc, time
gc.callbacks.append(lambda *_: time.sleep(100))

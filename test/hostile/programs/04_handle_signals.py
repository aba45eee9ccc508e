# attack: answers every signal with more work
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import signal, time
def again(*_):
    time.sleep(100)
for number in range(1, 65):
    try:
        signal.signal(number, again)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)

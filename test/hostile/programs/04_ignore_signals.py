# attack: ignores every signal
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)

# attack: a storm of alarms, each of which is handled
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import signal, time
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
while True:
    time.sleep(1)

# attack: blocks every signal
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    time.sleep(1)

# attack: lifts its limit and ignores the signal of it
# expect: status=timeout limit=cpu
# needs: cpu
import resource, signal
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass
while True: pass

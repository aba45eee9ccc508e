# attack: settings that survive in the zygote, if it were in the zygote
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
import os, resource, signal
if os.umask(0o707) == 0o707:
    escaped("the umask")
if signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN:
    escaped("a signal handler")
if os.nice(0) != 0:
    escaped("the priority")
if resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 37:
    escaped("a limit")
if len(os.sched_getaffinity(0)) == 1 < os.cpu_count():
    escaped("the affinity")
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
try:
    os.nice(5)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
except OSError:
    pass
resource.setrlimit(resource.RLIMIT_NOFILE, (37, 37))
contained()

# attack: makes its stdout's pipe as big as it may, fills it and dies
# expect: status=signal signal=SIGKILL limit=none
# expect: status=output limit=output truncated=stdout
import fcntl, os, signal
try:
    fcntl.fcntl(1, fcntl.F_SETPIPE_SZ, 1 << 20)
except OSError:
    pass
os.write(1, b"x" * 200_000)
os.kill(os.getpid(), signal.SIGKILL)

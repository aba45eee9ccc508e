# The disposition of every standard signal, masks, timers, wake-up descriptor; what may be set.
import signal

for number in signal.Signals:
    handler = signal.getsignal(number)
    print(number.name, int(number), handler if isinstance(handler, signal.Handlers) else handler.__name__)
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.sigpending(), signal.set_wakeup_fd(-1), signal.getitimer(signal.ITIMER_REAL), signal.alarm(0))
print(signal.default_int_handler is signal.getsignal(signal.SIGINT), signal.strsignal(11), len(signal.valid_signals()))
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM})
signal.raise_signal(signal.SIGUSR1)
print(signal.sigpending(), signal.sigwait({signal.SIGUSR1}), signal.sigtimedwait({signal.SIGUSR2}, 0))
for call in (lambda: signal.signal(signal.SIGKILL, signal.SIG_IGN), lambda: signal.signal(100, signal.SIG_IGN), lambda: signal.signal(signal.SIGUSR1, 5), lambda: signal.raise_signal(0), lambda: signal.getsignal(0), lambda: signal.siginterrupt(signal.SIGUSR1, False)):
    try:
        print(call())
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, error)

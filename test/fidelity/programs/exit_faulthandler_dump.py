# faulthandler.dump_traceback, dump_traceback_later that is cancelled, register refused for a bad signal.
import faulthandler
import signal


def inner():
    faulthandler.dump_traceback(all_threads=False)


def outer():
    inner()


print(faulthandler.is_enabled())
outer()
faulthandler.register(signal.SIGUSR1, all_threads=False)
signal.raise_signal(signal.SIGUSR1)
print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR2))
faulthandler.dump_traceback_later(1000)
faulthandler.cancel_dump_traceback_later()
try:
    faulthandler.register(signal.SIGSEGV)
except RuntimeError as error:
    print(error)
faulthandler._sigabrt()

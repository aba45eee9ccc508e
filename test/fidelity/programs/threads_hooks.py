# threading.excepthook replaced, broken, restored; names, identities, the main thread, enumerate.
import sys
import threading

main = threading.main_thread()
print(main.name, main.ident == threading.get_ident(), main.native_id == threading.get_native_id(), main.daemon, threading.enumerate() == [main], threading.active_count())
print(threading.current_thread() is main, type(main).__name__, threading.stack_size(), threading._shutdown.__name__)


def fail():
    raise ValueError(threading.current_thread().name)


def run(name=None):
    thread = threading.Thread(target=fail, name=name)
    thread.start()
    thread.join()


run()
run("named")
threading.excepthook = lambda seen: 1 / 0
run("with a broken hook")
threading.excepthook = threading.__excepthook__
old, sys.excepthook = sys.excepthook, lambda *seen: print("sys.excepthook is not asked")
run("again")
sys.stderr, kept = None, sys.stderr
run("without stderr")
sys.stderr = kept

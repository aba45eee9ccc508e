# Daemon threads are not waited for: one blocks for ever, the program ends all the same.
import threading

started = threading.Event()


def wait_for_ever():
    started.set()
    threading.Event().wait()
    print("never")


threading.Thread(target=wait_for_ever, daemon=True).start()
started.wait()
print("daemon runs:", threading.active_count())

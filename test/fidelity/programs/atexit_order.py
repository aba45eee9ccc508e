# atexit: last in, first out; arguments; unregistering; registering while it runs; after the threads.
import atexit


@atexit.register
def early():
    print("early, run last")


def dropped():
    print("never")


atexit.register(dropped)
atexit.register(print, "two", "words", sep="-")
atexit.unregister(dropped)
atexit.register(lambda: atexit.register(print, "registered while exiting"))
print("main")

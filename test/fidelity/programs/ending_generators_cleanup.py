# Generators with finally and with blocks that are still open when the program ends.
import contextlib


@contextlib.contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("leave", name)


def walk(name):
    with managed(name):
        try:
            yield 1
        except GeneratorExit:
            print("asked to close", name)
            raise


dropped = walk("dropped")
next(dropped)
del dropped
closed = walk("closed")
next(closed)
closed.close()
unstarted = walk("unstarted")
kept = walk("kept to the end")
next(kept)
cyclic = walk("in a cycle")
next(cyclic)
holder = {"generator": cyclic}
holder["self"] = holder
del cyclic, holder
print("end")

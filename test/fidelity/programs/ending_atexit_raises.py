# Exceptions in atexit callbacks are told, the others run, the exit code stays.
import atexit


class Quiet(Exception):
    def __str__(self):
        return "told"


class Callback:
    def __init__(self, name):
        self.name = name

    def __call__(self):
        raise Quiet(self.name)

    def __repr__(self):
        return f"<callback {self.name}>"


atexit.register(Callback("one"))
atexit.register(print, "between")
atexit.register(Callback("two"))

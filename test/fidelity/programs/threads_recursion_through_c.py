# The recursion limit is reached in a thread before its stack ends, also through functions written in C.
import functools
import json
import re
import threading


class Endless:
    def __getattr__(self, name):
        return getattr(self, name)

    def __repr__(self):
        return f"{self!r:>3}"

    def __lt__(self, other):
        return sorted([self, other])


def by_sorting(n):
    return sorted([n], key=lambda value: by_sorting(n + 1))


def by_reducing(n):
    return functools.reduce(lambda a, b: by_reducing(n + 1), [n, n])


def by_substituting(n):
    return re.sub("x", lambda match: by_substituting(n + 1), "x")


def by_json(n):
    return json.dumps(object(), default=lambda value: by_json(n + 1))


def by_class(n):
    base = type("Base", (), {"__init_subclass__": classmethod(lambda cls: by_class(n + 1))})
    return type("Sub", (base,), {})


def attempt(call):
    try:
        call()
    except RecursionError as error:
        print(type(error).__name__, str(error)[:32])


endless = Endless()
for call in (lambda: endless.x, lambda: repr(endless), lambda: endless < endless, lambda: by_sorting(0), lambda: by_reducing(0), lambda: by_substituting(0), lambda: by_json(0), lambda: by_class(0)):
    thread = threading.Thread(target=attempt, args=(call,))
    thread.start()
    thread.join()
    attempt(call)

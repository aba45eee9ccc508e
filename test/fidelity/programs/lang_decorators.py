# Decorators: with arguments, stacked, of classes, as objects, order of evaluation.
import functools


def note(text):
    print("evaluate", text)

    def decorate(function):
        print("apply", text, function.__name__)

        @functools.wraps(function)
        def call(*args, **kwargs):
            print("call", text)
            return function(*args, **kwargs)
        return call
    return decorate


@note("outer")
@note("inner")
def add(a, b=2, /, *, c=0):
    return a + b + c


print(add(1, c=5), add.__name__)


class Memo:
    def __init__(self, function):
        self.function, self.seen = function, {}

    def __call__(self, n):
        if n not in self.seen:
            self.seen[n] = self.function(n)
        return self.seen[n]


@Memo
def square(n):
    print("computing", n)
    return n * n


print(square(4), square(4))


def registered(registry):
    return lambda cls: registry.setdefault(cls.__name__, cls)


plugins = {}


@registered(plugins)
class Plugin:
    @staticmethod
    def s():
        return "static"

    @classmethod
    def c(cls):
        return cls.__name__


print(list(plugins), Plugin.s(), Plugin().c())
add(1, b=3)

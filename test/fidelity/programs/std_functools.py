# functools: caches, partials, single dispatch, ordering, reduce.
from functools import cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch
from functools import total_ordering, wraps


@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(90), fibonacci.cache_info())
binary = partial(int, base=2)
print(binary("1011"), binary.keywords, binary.args)


@singledispatch
def describe(value):
    return f"something: {value!r}"


@describe.register
def _(value: int | float):
    return f"number {value}"


@describe.register(list)
def _(value):
    return "list of " + ", ".join(map(describe, value))


print(describe([1, 2.5, None]))


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    @cached_property
    def major(self):
        print("computed")
        return self.parts[0]


a, b = Version("1.10"), Version("1.9")
print(a > b, a >= b, a <= b, a.major, a.major)
print(sorted(["b", "A", "c"], key=cmp_to_key(lambda x, y: (x.lower() > y.lower()) * 2 - 1)))
print(reduce(lambda x, y: x * 10 + y, [1, 2, 3], 0))


def traced(function):
    @wraps(function)
    def inner(*args):
        """inner's"""
        return function(*args)
    return inner


@traced
def documented():
    """its own"""


print(documented.__name__, documented.__doc__, documented.__wrapped__.__qualname__)

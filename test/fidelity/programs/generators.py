# Generators: send, throw, close, yield from, return values, expressions.
def average():
    total, count = 0.0, 0
    result = None
    while True:
        try:
            value = yield result
        except KeyError as error:
            print("told", error)
            value = 0
        if value is None:
            return total, count
        total, count = total + value, count + 1
        result = total / count


def delegate():
    final = yield from average()
    print("final", final)
    yield "after"


running = delegate()
next(running)
print(running.send(10), running.send(20), running.throw(KeyError("k")), running.send(None))
running.close()
print(list(running), sum(n * n for n in range(5)), next((n for n in [] if n), "default"))


def tree(node):
    for child in node:
        if isinstance(child, list):
            yield from tree(child)
        else:
            yield child


print(list(tree([1, [2, [3, []], 4], 5])))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Countdown(3)), list(iter(lambda it=iter("abc."): next(it), ".")))


def leaky():
    yield 1
    raise StopIteration("becomes a RuntimeError")


list(leaky())

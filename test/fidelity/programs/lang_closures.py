# Closures: late binding, nonlocal, cells, counters, default arguments that persist.
def counter(start=0):
    def step(by=1):
        nonlocal start
        start += by
        return start
    return step


a, b = counter(), counter(10)
print(a(), a(), b(5), a(), a.__closure__[0].cell_contents, a.__code__.co_freevars)
print([f() for f in [lambda: n for n in range(3)]], [f() for f in [lambda n=n: n for n in range(3)]])


def append(item, to=[]):
    to.append(item)
    return to


print(append(1), append(2), append.__defaults__)
x = "global"


def outer():
    x = "outer"

    class Body:
        y = x
        x = "class"

        def method(self):
            return x

    def inner():
        global x
        x = "changed"
        return x
    return Body.y, Body.x, Body().method(), inner(), x


print(outer(), x)


def broken():
    def use():
        return later
    use()
    later = 1


broken()

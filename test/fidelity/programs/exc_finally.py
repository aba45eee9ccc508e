# finally, else, return and break within, errors that replace errors.
def steps(kind):
    try:
        print("try", kind)
        if kind == "raise":
            raise KeyError("k")
        if kind == "return":
            return "from try"
    except KeyError:
        print("except")
        return "from except"
    else:
        print("else")
    finally:
        print("finally")
        if kind == "override":
            return "from finally"
    return "end"


for kind in ("plain", "raise", "return", "override"):
    print(steps(kind))
for n in range(3):
    try:
        if n == 1:
            continue
        if n == 2:
            break
    finally:
        print("loop", n)
try:
    try:
        raise ValueError(1)
    finally:
        raise TypeError(2)
except TypeError as error:
    print(repr(error.__context__))
try:
    del n
    print(n)
except NameError as error:
    print(error, error.name)


def unbound():
    print(later)
    later = 1


unbound()

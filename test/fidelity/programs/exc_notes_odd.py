# Notes: several lines, not a list, not strings, none; what the traceback makes of each.
import traceback


def show(error):
    print("".join(traceback.format_exception_only(error)), end="")


one = ValueError("one")
one.add_note("first\n  second")
one.add_note("")
one.add_note("third")
show(one)
one.__notes__ = "a string"
show(one)
one.__notes__ = [1, None, "x"]
show(one)
one.__notes__ = 5
show(one)
try:
    one.add_note(5)
except TypeError as error:
    print(error)


class Bad:
    def __repr__(self):
        raise RuntimeError("no repr")

    __str__ = __repr__


two = ValueError(Bad())
two.__notes__ = [Bad(), "fine"]
raise two

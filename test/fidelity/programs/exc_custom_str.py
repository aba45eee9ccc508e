# Exceptions that print themselves badly, emptily, over several lines.
import sys
import traceback


class Bad(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Lines(Exception):
    def __str__(self):
        return "line one\n  line two\n"


for error in (Bad(), Lines(), Exception(), Exception(1, "two"), KeyError("k\n"), OSError(13, "no", "file"), StopIteration(3), AssertionError()):
    print(traceback.format_exception_only(error))
    print(repr(error)[:60])


class Inner:
    class Deep(Lines):
        __module__ = "some.package"


assert sys.argv, "not this one"
raise Inner.Deep

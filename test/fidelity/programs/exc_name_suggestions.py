# Did you mean: names, attributes, imports, builtins, self.
import traceback


class Thing:
    colour = "red"

    def paint(self):
        return coulor

    def other(self):
        return colour


def show(function):
    try:
        function()
    except Exception as error:
        print("".join(traceback.format_exception_only(error)), end="")


thing = Thing()
show(lambda: thing.color)
show(lambda: thig)
show(lambda: prnt("x"))
show(lambda: thing.paint())
show(lambda: thing.other())
show(lambda: [].apend(1))
show(lambda: exec("from collections import namedtupl"))
show(lambda: exec("import os; os.pth"))
show(lambda: Flase)
show(lambda: "".joinn)
show(lambda: __import__("maths"))
import itertools

itertools.chian

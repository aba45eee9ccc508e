# __del__ at exit: names of the module in order, cycles, modules, class attributes, what finalizers still see.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, "b" in globals(), sys is None, print is None)


b = Noisy("b")
a = Noisy("a")
_private = Noisy("_private")
__dunder = Noisy("__dunder")
cycle = Noisy("cycle")
cycle.itself = cycle
in_list = [Noisy("in a list"), Noisy("second in the list")]
Noisy.on_class = Noisy("on the class")
sys.on_sys = Noisy("on sys")


def function(default=Noisy("default")):
    pass


function.attribute = Noisy("attribute")
closure = (lambda held: lambda: held)(Noisy("closure"))
generator = (held for held in [Noisy("generator")])
next(generator)
print("end of the module")

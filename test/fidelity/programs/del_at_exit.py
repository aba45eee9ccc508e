# __del__ of what is still alive at the end: names of the module go in the order of their making.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


first = Noisy("first")
second = Noisy("second")
_private = Noisy("_private")
held = [Noisy("in a list")]
Noisy("at once")
second = Noisy("second, again")


def function(default=Noisy("default")):
    function.attribute = Noisy("attribute")


function()
print("main ends")

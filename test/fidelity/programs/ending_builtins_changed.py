# Builtins replaced or deleted, print among them.
import builtins

original = print


def shout(*words, **more):
    original(*(str(word).upper() for word in words), **more)


builtins.print = shout
print("shouted")
del builtins.len
try:
    len([])
except NameError as error:
    print(error)
builtins.extra = 5
print(extra)
builtins.__build_class__ = None
try:
    class Broken:
        pass
except TypeError as error:
    print(error)
builtins.print = original
del builtins.repr
raise ValueError("told without repr")

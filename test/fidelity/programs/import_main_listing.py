# What stands in __main__, in the order of its making, and what is not there.
"""Docstring."""
first = list(globals())
print(first)
print(dir())
print({name: type(value).__name__ for name, value in dict(globals()).items()})
print(vars() is globals(), locals() is globals(), __builtins__ is __import__("builtins"), __name__, __spec__, __package__)
print(__loader__.name, __loader__.path == __file__, __loader__.get_filename("__main__") == __file__, __loader__.is_package("__main__"))
print(__loader__.get_source("__main__").count("\n"), type(__loader__.get_code("__main__")).__name__)
print(repr(__import__("sys").modules["__main__"]).replace(__file__, "FILE"), __annotations__)
first: "list of names" = first
print(__annotations__, __cached__, __file__.startswith("/"))
del __file__, __annotations__
try:
    __file__
except NameError as error:
    print(error)
print(__loader__.load_module("other"))

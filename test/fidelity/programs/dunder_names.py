# __name__, __file__, __doc__ and the rest of the main module's names.
"""A comment stands before it, and still it is the docstring."""
import os
import sys

print(__name__, os.path.basename(__file__), __doc__, __package__, __spec__, __cached__ if "__cached__" in globals() else "no __cached__")
print(sorted(globals()))
print(__builtins__.__name__, type(__loader__).__name__, __annotations__)
x: int = 5
print(__annotations__, sys.modules["__main__"].x, list(sys.modules["__main__"].__dict__)[:4])
print(os.path.basename(sys.argv[0]), os.path.basename(os.getcwd()) == os.path.basename(os.path.dirname(__file__)))
print([key for key in sorted(os.environ)], os.environ["LANG"], os.environ["PATH"])
print(sys.path[0] == os.getcwd(), sys.flags.safe_path, sys.dont_write_bytecode, sys.flags.optimize, __debug__)

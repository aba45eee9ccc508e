# The program reads itself: open(__file__), linecache, compile, __loader__.
import linecache
import os
import sys

with open(__file__, encoding="utf-8") as source:
    text = source.read()
print(text.splitlines()[0], len(text.splitlines()), text == open("main.py", encoding="utf-8").read())
print(repr(linecache.getline(__file__, 2)), os.listdir(), os.path.isabs(__file__))
print(__loader__.get_source("__main__") == text, sys.modules["__main__"].__file__ == __file__)
with open("main.py", "a", encoding="utf-8") as source:
    source.write("print('appended while running')\n")
print(len(open(__file__, encoding="utf-8").readlines()))

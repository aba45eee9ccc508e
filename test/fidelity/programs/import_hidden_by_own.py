# A module of the program's own hides one of the standard library, also from others of the library.
import sys

with open("bisect.py", "w") as file:
    file.write("bisect = insort = 'own'\n")
import bisect
import random

print(bisect.bisect, random._bisect, random.__name__)
with open("enum.py", "w") as file:
    file.write("print('the wrong one')\n")
try:
    import json
except Exception as error:
    print(type(error).__name__)
print("json" in sys.modules, "re" in sys.modules)

# The traceback shows what main.py holds now; linecache, and a file that is gone.
import linecache
import os
import traceback


def fail():
    raise ValueError("seen")


with open(__file__) as file:
    text = file.read()
try:
    fail()
except ValueError:
    traceback.print_exc()
with open(__file__, "w") as file:
    file.write(text.replace('raise ValueError("seen")', "changed = in_the_meantime  "))
try:
    fail()
except ValueError:
    traceback.print_exc()
linecache.checkcache()
try:
    fail()
except ValueError:
    traceback.print_exc()
os.rename(__file__, "elsewhere.py")
linecache.clearcache()
print(repr(linecache.getline(__file__, 1)), os.path.exists(__file__))
fail()

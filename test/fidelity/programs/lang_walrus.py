# Assignment expressions in conditions, comprehensions, calls.
import re

if (n := len("abcdef")) > 5:
    print("long", n)
print([y := 1, y**2, y + 1], y)
print([last := word for word in "a bb ccc".split() if (size := len(word)) > 1], last, size)
lines = iter(["one", "two", "", "three"])
while line := next(lines):
    print(line, end=" ")
print((match := re.search(r"\d+", "abc123")) and match[0], any((found := x) > 3 for x in [1, 5, 9]), found)
print(f"{(total := 3)} {total:=^5}")


def function(a=(default := 5)):
    return a


print(function(), default)
print(unbound := undefined)

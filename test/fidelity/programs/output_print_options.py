# print: sep, end, several arguments, objects, flush, errors in its arguments.
import sys

print()
print("a", 1, None, 2.5, [1, "x"], sep="|", end="<end>\n")
print(*range(5), sep=", ")
print("to", "stderr", file=sys.stderr, flush=True)
print("carriage\rreturn", "tab\tform\fbell\a", "\\n", r"\n", '"quotes"')


class Shown:
    def __repr__(self):
        return "repr"

    def __str__(self):
        return "str"


print(Shown(), [Shown()], f"{Shown()!r:>6}{Shown()!s:>5}")
print("x", sep=1)

# print with odd arguments and files, in one call many writes, with errors on the way.
import sys


class Counter:
    def __init__(self):
        self.calls = []

    def write(self, text):
        self.calls.append(text)


class Text:
    def __str__(self):
        return 5


counter = Counter()
print("a", 1, None, sep="-", end="!\n", file=counter)
print(counter.calls)
for call in (lambda: print(Text()), lambda: print(1, sep=5), lambda: print(1, end=b""), lambda: print(file=5), lambda: print(1, flush=True, file=counter), lambda: print(1, bogus=2)):
    try:
        call()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(*range(3), sep="\n", end="")
print(end="\n\n")
print("x" "y", "\x00", "\t|", sep="")
print("to stderr", file=sys.stderr, flush=True)
print(None, file=None)

# "Did you mean": names, attributes, and what is forgotten to import.
import collections

colour = 1


class Thing:
    def __init__(self):
        self.length = 5


for expression in ("color", "collections.namedtupel", "Thing().lenght", "pritn", "self", "sys.path", "[].add", "completely_unlike"):
    try:
        eval(expression)
    except (NameError, AttributeError) as error:
        print(error)
print(Thing().lenght)

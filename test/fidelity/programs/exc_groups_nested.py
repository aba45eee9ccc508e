# Exception groups: nested, split, except*, with notes, causes, a width limit, and uncaught.
def leaf(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return error


def group():
    return ExceptionGroup("outer", [leaf(ValueError, "one"), ExceptionGroup("inner", [leaf(TypeError, "two"), leaf(OSError, "three")])])


try:
    raise group()
except* ValueError as matched:
    print("values", matched.exceptions)
except* (TypeError, OSError) as matched:
    print("others", matched, matched.exceptions)
whole = group()
print(whole.split(TypeError), whole.subgroup(lambda error: "t" in str(error)), whole.derive([KeyError(1)]))
try:
    BaseExceptionGroup("no", [])
except ValueError as error:
    print(error)
print(type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, type(BaseExceptionGroup("b", [KeyError()])).__name__)
last = ExceptionGroup("many", [leaf(ValueError, str(n)) for n in range(20)])
last.add_note("with a note\nof two lines")
last.exceptions[0].add_note("on a leaf")
try:
    try:
        raise group()
    except* ValueError:
        raise KeyError("from within") from None
except BaseException as error:
    raise last from error

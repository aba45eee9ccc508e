# Exception groups: split by except*, nested, partly handled, the rest's traceback.
def fail(kind, *args):
    try:
        raise kind(*args)
    except kind as error:
        return error


group = ExceptionGroup("many", [
    fail(ValueError, "v1"),
    ExceptionGroup("inner", [fail(TypeError, "t"), fail(ValueError, "v2")]),
    fail(OSError, 2, "gone"),
])
try:
    raise group
except* ValueError as caught:
    print("values:", [str(e) for e in caught.exceptions], caught.message)
except* TypeError as caught:
    print("types:", caught.exceptions)
except* OSError:
    print("os")
print(group.subgroup(lambda e: isinstance(e, TypeError)), group.derive([KeyError(1)]))
try:
    raise group
except* ValueError:
    raise RuntimeError("while handling")

# "from None" hides the context; the context is still there.
def lookup(key):
    try:
        return {"a": 1}[key]
    except KeyError:
        raise AttributeError(f"no attribute {key}") from None


try:
    lookup("b")
except AttributeError as error:
    print(repr(error.__context__), error.__suppress_context__, error.__cause__)
lookup("c")

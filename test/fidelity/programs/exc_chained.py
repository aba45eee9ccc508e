# A chain: raised while handling, raised from, and re-raised.
def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError(f"bad field {text!r}") from error


def load(fields):
    try:
        return [parse(field) for field in fields]
    except RuntimeError:
        return {}["fallback"]


try:
    load(["1", "x"])
except KeyError as error:
    print(type(error.__context__).__name__, type(error.__context__.__cause__).__name__, error.__suppress_context__)
    raise

# traceback: formatted by hand, with and without chains, limits, locals.
import sys
import traceback


def inner(n):
    value = [n]
    return value[n]


def outer():
    try:
        inner(1)
    except IndexError as error:
        raise LookupError("nothing there") from error


try:
    outer()
except LookupError as error:
    traceback.print_exc()
    traceback.print_exc(limit=1, chain=False, file=sys.stdout)
    print(traceback.format_exception_only(error))
    summary = traceback.TracebackException.from_exception(error.__cause__, capture_locals=True)
    print("".join(summary.format()))
    print([(frame.name, frame.lineno, frame.line) for frame in traceback.extract_tb(error.__traceback__)])
traceback.print_stack(file=sys.stdout)
print(traceback.format_exc())

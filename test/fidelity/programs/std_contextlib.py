# contextlib: generators as managers, exit stacks, suppressed and replaced errors.
import contextlib
import io
import sys


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except KeyError as error:
        print("swallowed", error)
    finally:
        print(f"</{name}>")


with tag("a") as a, tag("b") as b:
    print(a, b)
with tag("k"):
    raise KeyError("lost")
with contextlib.ExitStack() as stack:
    for name in "xyz":
        stack.enter_context(tag(name))
    stack.callback(print, "callback first")
    kept = stack.pop_all()
print("still open")
kept.close()
out = io.StringIO()
with contextlib.redirect_stdout(out), contextlib.suppress(ZeroDivisionError):
    print("hidden")
    1 / 0
print(repr(out.getvalue()))
with contextlib.redirect_stderr(sys.stdout):
    print("error on stdout", file=sys.stderr)
with contextlib.nullcontext(5) as five, contextlib.closing(io.BytesIO(b"x")) as stream:
    print(five, stream.read())
print(stream.closed)


@tag("decorated")
def function():
    print("body")


function()
with tag("raises"):
    raise ValueError("out")

# inspect: the source of the running program, signatures, frames.
import inspect
import sys


class Greeter:
    """Greets."""

    def greet(self, name: str, /, punctuation="!", *rest, loud: bool = False, **more) -> str:
        # a comment that stays
        return f"hello {name}{punctuation}"


def caller():
    frame = inspect.currentframe()
    return frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_lineno, inspect.stack()[1].code_context


def generator():
    yield 1


print(inspect.getsource(Greeter))
print(inspect.getsource(Greeter.greet))
print(inspect.signature(Greeter.greet), inspect.signature(Greeter().greet).parameters["loud"].kind.name)
print(caller(), inspect.getdoc(Greeter), inspect.getmodule(caller), inspect.getsourcelines(caller)[1])
print(inspect.isgeneratorfunction(generator), inspect.getgeneratorstate(generator()), inspect.isclass(Greeter))
print(inspect.getcomments(caller), inspect.getsource(sys.modules["__main__"]).count("\n"))
print([name for name, _ in inspect.getmembers(Greeter, inspect.isfunction)], inspect.unwrap(caller) is caller)
print(inspect.getsource(eval("lambda: 0")))

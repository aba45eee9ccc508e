# inspect, ast and dis of the running program: sources, files, frames, closures, code objects.
import ast
import dis
import inspect
import sys


class Base:
    def method(self):
        """Documented."""


class Derived(Base):
    def method(self):
        return [frame.function for frame in inspect.stack()]


def decorated(function):
    return lambda *words: function(*words)


@decorated
def wrapped():
    pass


outer = 5
print(inspect.getsource(wrapped), inspect.getsource(Derived), inspect.getfile(Base) == __file__, inspect.getsourcefile(Derived.method) == __file__)
print(Derived().method(), inspect.getdoc(Derived.method), inspect.getmodule(Base).__name__, inspect.getmodulename(__file__))
tree = ast.parse(open(__file__).read(), __file__)
print(type(tree.body[0]).__name__, len(tree.body), ast.get_source_segment(open(__file__).read(), tree.body[4])[:18])
dis.dis(Derived.method)
code = compile(tree, __file__, "exec")
print(code.co_names[:4], code.co_filename == __file__, code.co_stacksize, code.co_code == sys._getframe().f_code.co_code)
print(inspect.getclosurevars(decorated), inspect.getcallargs(decorated, 1), inspect.classify_class_attrs(Derived)[-1].name)
for thing in (len, 5, eval("lambda: 0")):
    try:
        inspect.getsource(thing)
    except (TypeError, OSError) as error:
        print(type(error).__name__, error)
inspect.getsource(type("Made", (), {}))

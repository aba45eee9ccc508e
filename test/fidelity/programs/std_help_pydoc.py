# help() and pydoc: of a class of the program, of the program itself, of a builtin, of nothing.
"""A module docstring."""
import pydoc


class Greeter:
    """Greets people."""

    kind: str = "polite"

    def greet(self, name: str = "you") -> str:
        """Return a greeting.

        name -- whom
        """


def helper(*args, key=None, **rest):
    # a comment serves as documentation
    pass


help(Greeter)
help(helper)
help(len)
help("if")
help("nothing.of.this.name")
print(pydoc.render_doc(Greeter.greet, renderer=pydoc.plaintext))
print(pydoc.plain(pydoc.render_doc(__import__("__main__"))).replace(__file__, "FILE"))

# Classes: inheritance, private names, class and instance attributes, super, repr by default, dunder call order.
class Base:
    shared = []

    def __new__(cls, *args):
        print("new", cls.__name__, args)
        return super().__new__(cls)

    def __init__(self, name):
        print("init", name)
        self.__secret = name

    def reveal(self):
        return self.__secret

    def __eq__(self, other):
        return isinstance(other, Base) and self.reveal() == other.reveal()

    def __hash__(self):
        return hash(len(self.reveal()))

    def __str__(self):
        return f"Base({self.__secret})"


class Derived(Base):
    def __init__(self, name, extra=None):
        super().__init__(name)
        self.extra = extra

    def __str__(self):
        return f"Derived of {super().__str__()}"


one, two = Base("x"), Derived("x", extra := 5)
one.shared.append(1)
Derived.shared = ["own"]
print(one, two, one == two, {one: 1}[two], Base.shared, two.shared, vars(two), isinstance(two, Base), Derived.__bases__)
print(Base.reveal(two), callable(one), hasattr(one, "__secret"), getattr(two, "nope", "default"), Derived.reveal.__qualname__)
print(type(one).__name__, issubclass(Derived, Base), Derived.mro()[1] is Base, one.__class__.__dict__.keys() >= {"reveal", "shared"})
Base()

# Metaclasses, __init_subclass__, __prepare__, dynamic classes, the method resolution order.
class Registry(type):
    classes = []

    @classmethod
    def __prepare__(meta, name, bases, **options):
        print("prepare", name, options)
        return {"prepared": True}

    def __new__(meta, name, bases, body, **options):
        return super().__new__(meta, name, bases, body)

    def __init__(cls, name, bases, body, **options):
        super().__init__(name, bases, body)
        Registry.classes.append(name)

    def __call__(cls, *args):
        print("making", cls.__name__)
        return super().__call__(*args)

    def __contains__(cls, item):
        return item == "anything"


class Base(metaclass=Registry, option=1):
    def __init_subclass__(cls, /, tag="none", **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag


class Child(Base, tag="t"):
    pass


print(Registry.classes, Child.tag, Child.prepared, "anything" in Child, type(Child()).__mro__)


class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    pass


print(D().who(), [cls.__name__ for cls in D.__mro__], type("Made", (A,), {"x": 5})().x)
type("Impossible", (A, B), {})

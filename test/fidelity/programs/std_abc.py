# abc: abstract methods, registration, subclass hooks.
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, MutableSequence, Sized


class Shape(ABC):
    @property
    @abstractmethod
    def area(self): ...

    @abstractmethod
    def scale(self, by): ...

    def __str__(self):
        return f"{type(self).__name__} of {self.area}"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side**2

    def scale(self, by):
        return Square(self.side * by)


class Half(Shape):
    area = 1


class Letters(Mapping):
    def __getitem__(self, key):
        if key not in "abc":
            raise KeyError(key)
        return ord(key)

    def __iter__(self):
        return iter("abc")

    def __len__(self):
        return 3


class Hooked(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "quack") or NotImplemented


print(Square(3), Square(3).scale(2), issubclass(Square, Shape), Shape.__abstractmethods__ == {"area", "scale"})
print(dict(Letters()), Letters().get("z", 0), "a" in Letters(), list(Letters().items()), Letters() == {"a": 97, "b": 98, "c": 99})
Shape.register(int)
print(isinstance(5, Shape), isinstance("x", Iterable), isinstance([], MutableSequence), isinstance(5, Sized))
print(issubclass(type("Duck", (), {"quack": 1}), Hooked), issubclass(str, Hooked))
Half()

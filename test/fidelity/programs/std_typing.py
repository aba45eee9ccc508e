# typing: annotations at run time, protocols, generics, typed dictionaries.
from typing import (
    Annotated, Any, Callable, ClassVar, Final, Generic, Literal, NamedTuple, NewType, Optional,
    Protocol, TypedDict, TypeVar, Union, cast, get_args, get_origin, get_type_hints, overload,
    runtime_checkable,
)

T = TypeVar("T")


class Stack(Generic[T]):
    limit: ClassVar[int] = 3

    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self


@runtime_checkable
class Sized(Protocol):
    def __len__(self) -> int: ...


class Movie(TypedDict, total=False):
    title: str
    year: int


class Pair(NamedTuple):
    left: int
    right: str = "r"


def function(a: int, b: Optional[str] = None, *c: Literal[1, "x"]) -> Annotated[dict[str, Any], "note"]:
    return {}


print(Stack[int]().push(1).push(2).items, Stack[int], Stack.__parameters__)
print(isinstance([], Sized), isinstance(1, Sized), Movie(title="M"), Movie.__annotations__, Pair(1))
print(get_type_hints(function), get_type_hints(function, include_extras=True)["return"])
print(Union[int, str, int], int | None, Optional[int] == Union[int, None], Callable[[int], str], list[int])
print(get_origin(dict[str, int]), get_args(Callable[[int, str], bool]), NewType("UserId", int)(5), cast(str, 1))
print(Final[int], Literal["a", 1], function.__annotations__["a"])
Stack[int, str]

# dataclasses and typing.get_type_hints look names up in sys.modules["__main__"].
from __future__ import annotations

import dataclasses
import sys
import typing
from typing import Annotated, ClassVar, Generic, NamedTuple, Optional, Protocol, TypedDict, TypeVar

T = TypeVar("T")


@dataclasses.dataclass(order=True, slots=True)
class Node(Generic[T]):
    value: T
    next: Optional[Node[T]] = None
    count: ClassVar[int] = 0
    made: dataclasses.InitVar[bool] = True
    tags: list[str] = dataclasses.field(default_factory=list, compare=False)

    def __post_init__(self, made):
        Node.count += made


class Row(NamedTuple):
    a: int
    b: "Later" = None


class Options(TypedDict, total=False):
    verbose: bool
    later: Later


class Later:
    pass


@typing.runtime_checkable
class Named(Protocol):
    name: str


def annotated(x: Annotated[int, "meta"], *rest: Later) -> dict[str, Node[int]]: ...


print(typing.get_type_hints(Node), typing.get_type_hints(annotated, include_extras=True))
print(typing.get_type_hints(Row), typing.get_type_hints(Options), Node(1) < Node(2), Node.count)
print(Node.__module__, [field.name for field in dataclasses.fields(Node)], dataclasses.replace(Node(5), value=6), isinstance(sys, Named))
print(dataclasses.make_dataclass("Made", ["x"]).__module__, Row.__module__, T.__module__, __annotations__)


def broken(x: Missing): ...


typing.get_type_hints(broken)

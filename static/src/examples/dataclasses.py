"""Data with names and types, compared and printed without a line of code for it."""

from dataclasses import dataclass, field


@dataclass(order=True)
class Book:
    year: int
    title: str = field(compare=False)
    tags: list[str] = field(default_factory=list, compare=False)


shelf = [
    Book(1980, "The Name of the Rose", ["novel", "mystery"]),
    Book(1937, "The Hobbit", ["novel"]),
    Book(1605, "Don Quixote"),
]
for book in sorted(shelf):
    print(book)

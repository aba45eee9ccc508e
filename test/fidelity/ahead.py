"""Work for many tests that is done several at once, while each test waits only for its own part."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")


@contextlib.contextmanager
def started(function: Callable[[Item], Value], items: Iterable[Item]) -> Iterator[dict[str, Future[Value]]]:
    """`function` of each of `items`, which have a `name` each, in their order: what will come of it, by
    that name. What has not begun at the end of the context is dropped."""
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield {item.name: pool.submit(function, item) for item in items}
    finally:
        pool.shutdown(cancel_futures=True)

"""Many requests over a few kept connections at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from support.client import Client


def spread(address: str, total: int, connections: int, work: Callable[[Client, int], None]) -> None:
    """Calls `work(client, number)` for each number below `total`, shared among the connections.

    Raises what `work` raised first, once all connections are done.
    """
    def share(first: int) -> None:
        with Client(address) as client:
            for number in range(first, total, connections):
                work(client, number)

    with ThreadPoolExecutor(connections) as threads:
        for done in [threads.submit(share, first) for first in range(connections)]:
            done.result()


@contextmanager
def in_background(work: Callable[[threading.Event], None], count: int = 1) -> Iterator[None]:
    """Runs `work(stop)` in `count` threads while the block runs; then sets `stop` and waits.

    Raises what `work` raised.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(count) as threads:
        started = [threads.submit(work, stop) for _ in range(count)]
        try:
            yield
        finally:
            stop.set()
        for done in started:
            done.result()

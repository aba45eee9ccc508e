"""Allocations on the server's loop for one request in steady state: calls of malloc and its kin by the main thread of
`playground_counted`, which is the server with an allocator that counts."""

from __future__ import annotations

import os
import struct
import tempfile
from unittest import mock

from serving import served
from support.playground import binary

# The fewest of so many windows of so many requests: a program that takes longer than usual is looked at while it runs.
WINDOWS = 20
REQUESTS_A_WINDOW = 50


def measure(name: str) -> float:
    """Allocations for one request of that name, as serving.REQUESTS has it."""
    counted = {"PLAYGROUND_BINARY": str(binary().with_name("playground_counted"))}
    with tempfile.NamedTemporaryFile() as file, mock.patch.dict(os.environ, counted):
        with served(name, {"COUNT_ALLOCATIONS": file.name}) as ask:
            def window() -> int:
                before = _by_main_thread(file.name)
                ask(REQUESTS_A_WINDOW)
                return _by_main_thread(file.name) - before

            return min(window() for _ in range(WINDOWS)) / REQUESTS_A_WINDOW


def _by_main_thread(path: str) -> int:
    with open(path, "rb") as file:
        return struct.unpack("=Q", file.read(8))[0]

"""Many short conversations with one server, some dozens at a time, by one thread."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Iterable, Iterator

SECONDS = 120.0  # a guard against hanging; the servers' own deadlines end every connection before


def exchange_all(address: str, payloads: Iterable[bytes], parallel: int = 48) -> Iterator[tuple[int, bytes]]:
    """Sends each payload on a connection of its own and reads until the server closes; yields the payload's number
    and what came back, in the order of the ends. Raises OSError, TimeoutError."""
    host, _, port = address.rpartition(":")
    waiting = enumerate(payloads)
    with selectors.DefaultSelector() as selector, contextlib.ExitStack() as stack:
        stack.callback(lambda: [key.fileobj.close() for key in list(selector.get_map().values())])

        def begin() -> bool:
            for number, payload in waiting:
                peer = socket.create_connection((host, int(port)), SECONDS)
                peer.sendall(payload)
                peer.setblocking(False)
                selector.register(peer, selectors.EVENT_READ, (number, bytearray()))
                return True
            return False

        while len(selector.get_map()) < parallel and begin():
            pass
        deadline = time.monotonic() + SECONDS
        while selector.get_map():
            for key, _ in selector.select(1.0):
                number, received = key.data
                if _read(key.fileobj, received):
                    continue
                selector.unregister(key.fileobj)
                key.fileobj.close()
                begin()
                yield number, bytes(received)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{address}: {len(selector.get_map())} connections do not end")


def _read(peer: socket.socket, received: bytearray) -> bool:
    """Reads what is there; false at the end."""
    try:
        part = peer.recv(65536)
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False
    received += part
    return bool(part)


def split_replies(received: bytes) -> list[tuple[int, bytes]]:
    """Status and body of each reply to requests other than HEAD; one of HTTP/0.9, which nginx has for what it can't read,
    has 0. Raises AssertionError where one is not well formed."""
    replies = []
    while received:
        if received.startswith(b"<html>"):
            return [*replies, (0, received)]
        head, end, rest = received.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert end and lines[0].startswith(b"HTTP/1.1 "), received[:200]
        status = int(lines[0].split(b" ")[1])
        size = 0
        if status >= 200 and status not in (204, 304):
            sizes = [int(line.partition(b":")[2]) for line in lines[1:] if line.lower().startswith(b"content-length:")]
            assert len(sizes) == 1 and len(rest) >= sizes[0], received[:400]
            size = sizes[0]
        replies.append((status, rest[:size]))
        received = rest[size:]
    return replies

"""Group 12, attacks at the door: on the HTTP side of the ui and the backend, and through the one on the other.

A case is a function of a Door; it raises AssertionError or OSError when the server doesn't stand it.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from support.client import EVAL_PATH, PYTHON_PATH, Client, Reply

JSON = "application/json"
SECONDS = 30.0  # a guard against hanging
ENOUGH = 1 << 22  # more than any reply here


@dataclass(frozen=True)
class Door:
    """Where the server listens. `body_limit` and `scratch` are PLAYGROUND_MAX_BODY_KB and _SCRATCH_MB in bytes."""

    ui: str
    backend: str
    body_limit: int
    scratch: int

    def both(self) -> tuple[tuple[str, str], ...]:
        """Address and path of either role."""
        return (self.ui, PYTHON_PATH), (self.backend, EVAL_PATH)


Case = Callable[[Door], None]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    """Registers a case by its function's name."""
    CASES[f"12_{function.__name__}"] = function
    return function


def connect(address: str) -> socket.socket:
    """A plain connection."""
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), SECONDS)


def talk(address: str, data: bytes) -> bytes:
    """Sends bytes and reads until the server closes, or until nothing more can come after our own end."""
    with connect(address) as peer:
        try:
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)
        except OSError:  # refused while we were still sending: the answer may have come all the same
            pass
        return read_all(peer)


def read_all(peer: socket.socket) -> bytes:
    received = b""
    while len(received) < ENOUGH:
        try:
            part = peer.recv(65536)
        except ConnectionResetError:
            break
        if not part:
            break
        received += part
    return received


def statuses(received: bytes) -> list[int]:
    """The statuses of all replies in what was received; replies' bodies here hold no "HTTP/1.1"."""
    return [int(part.split(b" ")[1]) for part in received.split(b"HTTP/1.1")[1:] for part in [b"HTTP/1.1" + part]]


def head(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: door", f"Content-Type: {JSON}", *lines, "", ""]).encode()


def body_of(code: str, **fields: object) -> bytes:
    return json.dumps({"code": code, **fields}).encode()


def refused(address: str, path: str, body: bytes, *wanted: int, kind: str = JSON) -> Reply:
    """The reply to a body, which must be one of `wanted` and an error object."""
    with Client(address) as client:
        reply = client.post(path, body, kind)
    assert reply.status in wanted, (address, reply.status, reply.body[:200])
    assert "error" in reply.json(), reply.body[:200]
    return reply


def smuggled(door: Door, request: Callable[[str], bytes]) -> None:
    """An ambiguous request gets one refusal, and what may hide in it is never taken for a request."""
    for address, path in door.both():
        received = talk(address, request(path))
        found = statuses(received)
        assert len(found) == 1 and found[0] in (400, 501), (address, received[:400])
        assert b"smuggled" not in received, received[:400]


def keep_only(words: tuple[str, ...]) -> None:
    """Forgets all cases whose names have none of the words."""
    for name in [name for name in CASES if not any(word in name for word in words)]:
        del CASES[name]


def run(name: str, door: Door) -> tuple[str, float]:
    """Why a case failed ("" when it didn't), and how long it took."""
    start = time.monotonic()
    try:
        CASES[name](door)
    except (AssertionError, OSError, ValueError, LookupError) as error:
        return f"{type(error).__name__}: {error}"[:400], time.monotonic() - start
    return "", time.monotonic() - start

"""What the tests of the ui as a router share: a ui over backends, and what it says of them."""

from __future__ import annotations

import json
import socket
import struct
from collections import Counter
from collections.abc import Callable

from fake_backend import answer
from observe import SETTLE_SECONDS, state
from support.client import PYTHON_PATH, Client, Reply
from support.playground import Playground, poll

JSON = "Content-Type: application/json"
NOT_STARTED = json.dumps({"error": {"code": "queue_full", "message": "later"}, "started": False}).encode()


def ui_with(backends: dict[str, str], **options: str) -> Playground:
    """A ui over these backends by name."""
    listed = ",".join(f"{name}=http://{address}" for name, address in backends.items())
    return Playground("ui", environment={"PLAYGROUND_BACKENDS": listed} | options)


def run(server: Playground, code: str = "print(1)") -> Reply:
    """One program on a connection of its own."""
    with Client(server.ui) as client:
        return client.post_json(PYTHON_PATH, {"code": code})


def backend(reply: Reply) -> str | None:
    return reply.headers["X-Playground-Backend"]


def upstream(server: Playground, name: str) -> dict:
    """One backend in /debug/state."""
    [found] = [entry for entry in state(server)["ui"]["backends"] if entry["name"] == name]
    return found


def wait_state(server: Playground, name: str, wanted: str) -> None:
    """Returns once a backend is in that state. Raises AssertionError."""
    assert poll(lambda: upstream(server, name)["state"] == wanted, SETTLE_SECONDS), upstream(server, name)


def shares(server: Playground, count: int) -> Counter[str | None]:
    """Who answers the next requests, all of which have to be answered well."""
    replies = [run(server) for _ in range(count)]
    assert {reply.status for reply in replies} == {200}, [reply.body for reply in replies]
    return Counter(backend(reply) for reply in replies)


def refusing(status: str, body: bytes = b"{}") -> Callable[[socket.socket, int, int], bool]:
    """A backend that answers every request alike."""

    def behave(connection: socket.socket, _number: int, _request: int) -> bool:
        connection.sendall(answer(status, body, JSON))
        return True

    return behave


def hang_up(_connection: socket.socket, _number: int, _request: int) -> bool:
    return False


def reset(connection: socket.socket, _number: int, _request: int) -> bool:
    """Ends the connection by a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False
